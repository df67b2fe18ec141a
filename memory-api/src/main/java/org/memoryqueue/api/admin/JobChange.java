package org.memoryqueue.api.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.status.ShownState;

/**
 * What cancelling or retrying a job led to.
 *
 * @param changed whether the call changed it
 * @param state as it is now
 * @param previous as it was before
 * @param reason why nothing was changed; left out when something was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobChange(
        boolean success,
        boolean changed,
        String jobId,
        String state,
        String previous,
        @Nullable String reason) {

    static JobChange made(long jobId, ShownState previous, ShownState state) {
        return new JobChange(true, true, String.valueOf(jobId), state.word(), previous.word(), null);
    }

    static JobChange none(long jobId, ShownState state, String reason) {
        return new JobChange(true, false, String.valueOf(jobId), state.word(), state.word(), reason);
    }
}
