package org.memoryqueue.worker.summariser;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.memoryqueue.summariser.Summariser;
import org.memoryqueue.summariser.extractive.ExtractiveSummariser;

/** Chooses the summariser: offline, as long as no language model is configured. */
final class SummariserProducer {

    @Produces
    @Singleton
    Summariser summariser() {
        // It computes for some milliseconds, which is too long for an event loop.
        ExtractiveSummariser extractive = new ExtractiveSummariser();
        return transcript -> extractive.summarise(transcript).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
