package org.memoryqueue.dispatch;

import org.memoryqueue.job.Priority;

/** A job that is due, as the index names it. */
public record DueJob(long id, Priority priority) {}
