package org.memoryqueue.dispatch;

import org.memoryqueue.job.Priority;

/**
 * An entry that a consumer holds.
 *
 * @param stream the priority whose stream it is in
 * @param entryId its id in that stream
 * @param jobId the job it names; -1 for an entry that names none, which is only to be acknowledged
 */
public record StreamEntry(Priority stream, String entryId, long jobId) {

    static final long NO_JOB = -1;
}
