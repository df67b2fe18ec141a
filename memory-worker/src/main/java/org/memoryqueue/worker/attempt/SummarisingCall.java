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

    /**
     * Summarises. Fault Tolerance does not pass a cancellation on, so the call is raced against its being called off
     * within: the loser of a race is cancelled, and with it the request to a model.
     *
     * @param calledOff completes when nobody wants the summary any more
     */
    @Timeout(value = 60, unit = ChronoUnit.SECONDS)
    Uni<Summary> summarise(Transcript transcript, Uni<Void> calledOff) {
        Uni<Summary> end =
                calledOff.onItem().transformToUni(done -> Uni.createFrom().failure(new CalledOffException()));
        return Uni.join().first(summariser.summarise(transcript), end).toTerminate();
    }
}
