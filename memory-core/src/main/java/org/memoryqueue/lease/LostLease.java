package org.memoryqueue.lease;

/**
 * A lease that its holder has no more.
 *
 * @param jobId the job, on which work must stop
 * @param ended whether the job has ended or is gone, so that its entry in the index can go
 */
public record LostLease(long jobId, boolean ended) {}
