package org.memoryqueue.worker.attempt;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.Calls;
import org.memoryqueue.summariser.Summariser;
import org.memoryqueue.usage.Usage;
import org.memoryqueue.worker.attempt.SummarisingCall.UnfinishedProbeException;
import org.memoryqueue.worker.usage.UsageAccount;

/** Has a job's transcript summarised: each call guarded, and what it used put down to the job. */
@Singleton
final class Summarising {

    private final Summariser summariser;
    private final SummarisingCall site;
    private final UsageAccount account;

    Summarising(Summariser summariser, SummarisingCall site, UsageAccount account) {
        this.summariser = summariser;
        this.site = site;
        this.account = account;
    }

    /** One summary, or why there is none. Its calls end when the job is called off. */
    Uni<Summary> summarise(HeldJob job) {
        return Uni.createFrom().deferred(() -> summariser.summarise(job.lease().transcript(), new CallsForJob(job)));
    }

    private final class CallsForJob implements Calls {

        private final HeldJob job;

        CallsForJob(HeldJob job) {
            this.job = job;
        }

        @Override
        public <T> Uni<T> make(Supplier<Uni<T>> call) {
            return site.make(job, call)
                    .invoke(job::stepped)
                    .onFailure(UnfinishedProbeException.class)
                    .transform(Throwable::getCause);
        }

        @Override
        public void used(Usage usage) {
            account.add(job.lease().jobId(), usage);
        }
    }
}
