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
import org.memoryqueue.summariser.openai.LlmConfig;
import org.memoryqueue.summariser.openai.OpenAiSummariser;

/** Chooses the summariser: offline, as long as no language model is configured. */
@Singleton
final class SummariserProducer {

    private static final Logger LOG = Logger.getLogger(SummariserProducer.class);

    @Produces
    @Singleton
    Summariser summariser(LlmConfig config) {
        return OpenAiSummariser.of(config).<Summariser>map(model -> model).orElseGet(SummariserProducer::offline);
    }

    private static Summariser offline() {
        LOG.info("Summaries are made offline: no key for a language model is set");
        // It computes for some milliseconds, which is too long for an event loop.
        ExtractiveSummariser extractive = new ExtractiveSummariser();
        return transcript -> extractive.summarise(transcript).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** Makes it before the loop starts, so that a wrong setting ends the start, and not every job. */
    void make(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event, Summariser summariser) {
        LOG.debugf("The summariser is ready: %s", summariser.getClass().getSimpleName());
    }
}
