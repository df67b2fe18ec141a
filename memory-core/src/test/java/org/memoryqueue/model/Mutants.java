package org.memoryqueue.model;

import static org.memoryqueue.testing.Stores.await;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;
import org.memoryqueue.completion.Completion;
import org.memoryqueue.completion.CompletionOutcome;
import org.memoryqueue.dispatch.StreamEntry;
import org.memoryqueue.lease.Claim;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.testing.Beans;

/** Workers that do one thing wrong. A model that does not notice them proves nothing. */
final class Mutants {

    private Mutants() {}

    /** Has no fence: completes under the newest token, whoever holds it. */
    static final class Unfenced extends Protocol {

        @Override
        Uni<CompletionOutcome> complete(Beans beans, Completion completion) {
            Lease lease = completion.lease();
            return beans.get(Pool.class)
                    .preparedQuery("SELECT lease_token FROM memory.memory_job WHERE id = $1")
                    .execute(Tuple.of(lease.jobId()))
                    .map(rows -> rows.size() == 0
                            ? lease.token()
                            : rows.iterator().next().getLong("lease_token"))
                    .flatMap(newest -> super.complete(
                            beans,
                            new Completion(
                                    new Lease(
                                            lease.jobId(),
                                            newest,
                                            lease.priority(),
                                            lease.revision(),
                                            lease.attempt(),
                                            lease.acceptedAt(),
                                            lease.transcript()),
                                    completion.summary())));
        }
    }

    /** Acknowledges first, then commits. */
    static final class AcknowledgesFirst extends Protocol {

        @Override
        Optional<CompletionOutcome> finish(
                Beans beans, Completion completion, Optional<StreamEntry> entry, boolean dies) {
            acknowledge(beans, entry);
            return dies ? Optional.empty() : Optional.of(await(complete(beans, completion)));
        }
    }

    /** Acknowledges the entry of a job that another holds. */
    static final class AcknowledgesWhatOthersHold extends Protocol {

        @Override
        boolean isDone(Claim.Refusal refusal) {
            return refusal instanceof Claim.Held || super.isDone(refusal);
        }
    }
}
