package org.memoryqueue.model;

import static org.memoryqueue.testing.Stores.await;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.memoryqueue.completion.Completer;
import org.memoryqueue.completion.Completion;
import org.memoryqueue.completion.CompletionOutcome;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.StreamEntry;
import org.memoryqueue.lease.Claim;
import org.memoryqueue.testing.Beans;

/** What a worker must do right, and a mutant does wrong. */
class Protocol {

    /** Completes a job. */
    Uni<CompletionOutcome> complete(Beans beans, Completion completion) {
        return beans.get(Completer.class).complete(completion);
    }

    /**
     * Finishes a job in two steps: it is stored, then its entry is acknowledged.
     *
     * @param dies whether the worker dies between the two
     * @return empty when it was not stored
     */
    Optional<CompletionOutcome> finish(Beans beans, Completion completion, Optional<StreamEntry> entry, boolean dies) {
        CompletionOutcome outcome = await(complete(beans, completion));
        if (!dies && outcome == CompletionOutcome.COMMITTED) {
            acknowledge(beans, entry);
        }
        return Optional.of(outcome);
    }

    /** Whether the entry of a job that was refused can go. */
    boolean isDone(Claim.Refusal refusal) {
        return refusal.isFinal();
    }

    static void acknowledge(Beans beans, Optional<StreamEntry> entry) {
        entry.ifPresent(held -> await(beans.get(DueIndex.class).acknowledge(List.of(held))));
    }
}
