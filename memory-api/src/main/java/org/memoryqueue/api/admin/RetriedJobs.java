package org.memoryqueue.api.admin;

import org.memoryqueue.operator.Retry;

/**
 * What retrying many jobs led to.
 *
 * @param changed whether any was retried
 * @param retried how many were
 * @param more whether more remain, so that the call should be repeated
 */
public record RetriedJobs(boolean success, boolean changed, long retried, boolean more) {

    static RetriedJobs of(Retry.Outcomes outcomes) {
        return new RetriedJobs(true, outcomes.retried() > 0, outcomes.retried(), outcomes.more());
    }
}
