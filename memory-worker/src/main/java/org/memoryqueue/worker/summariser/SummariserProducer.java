package org.memoryqueue.worker.summariser;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.jboss.logging.Logger;
import org.memoryqueue.summariser.Summariser;
import org.memoryqueue.summariser.extractive.ExtractiveSummariser;
import org.memoryqueue.summariser.injection.FlaggingSummariser;
import org.memoryqueue.summariser.openai.LlmConfig;
import org.memoryqueue.summariser.openai.OpenAiSummariser;
import org.memoryqueue.summariser.privacy.MaskConfig;
import org.memoryqueue.summariser.privacy.Masking;
import org.memoryqueue.worker.usage.UsageAccount;

/** Chooses the summariser: offline, as long as no language model is configured. */
@Singleton
final class SummariserProducer {

    private static final Logger LOG = Logger.getLogger(SummariserProducer.class);

    @Produces
    @Singleton
    Summariser summariser(LlmConfig config, MaskConfig masking, UsageAccount account) {
        Masking mask = Masking.of(masking);
        Summariser offline = offline();
        Summariser chosen = OpenAiSummariser.of(config)
                .<Summariser>map(model -> new BudgetedSummariser(mask.around(model), offline, account::degradesWork))
                .orElseGet(() -> {
                    LOG.info("Summaries are made offline: no key for a language model is set");
                    return offline;
                });
        return new FlaggingSummariser(chosen);
    }

    /** It computes for some milliseconds, which is too long for an event loop. */
    private static Summariser offline() {
        ExtractiveSummariser extractive = new ExtractiveSummariser();
        return transcript -> extractive.summarise(transcript).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** Makes it before the loop starts, so that a wrong setting ends the start, and not every job. */
    void make(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event, Summariser summariser) {
        LOG.debugf("The summariser is ready: %s", summariser.getClass().getSimpleName());
    }
}
