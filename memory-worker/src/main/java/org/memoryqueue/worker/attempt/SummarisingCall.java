package org.memoryqueue.worker.attempt;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.Summariser;
import org.memoryqueue.transcript.Transcript;

/** The call site of the summariser, where its faults are met. */
@ApplicationScoped
class SummarisingCall {

    private final Summariser summariser;

    SummarisingCall(Summariser summariser) {
        this.summariser = summariser;
    }

    @Timeout(value = 60, unit = ChronoUnit.SECONDS)
    Uni<Summary> summarise(Transcript transcript) {
        return summariser.summarise(transcript);
    }
}
