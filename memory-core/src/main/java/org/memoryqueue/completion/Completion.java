package org.memoryqueue.completion;

import org.memoryqueue.lease.Lease;
import org.memoryqueue.memory.Summary;

/** A job whose summary is ready to be stored. */
public record Completion(Lease lease, Summary summary) {}
