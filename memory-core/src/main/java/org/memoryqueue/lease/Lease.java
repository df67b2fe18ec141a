package org.memoryqueue.lease;

import java.time.Instant;
import org.memoryqueue.job.Priority;
import org.memoryqueue.transcript.Transcript;

/**
 * A worker's right to one job, until it expires or the job is reclaimed.
 *
 * @param jobId the job
 * @param token the fence: it grows with each lease of the job, and only the holder of the newest may change the job
 * @param priority the job's priority
 * @param revision the revision of the transcript
 * @param attempt how many times the job has been leased and not cleanly released, this time included
 * @param acceptedAt when this revision was accepted
 * @param transcript what is to be summarised
 */
public record Lease(
        long jobId,
        long token,
        Priority priority,
        int revision,
        int attempt,
        Instant acceptedAt,
        Transcript transcript) {}
