package org.memoryqueue.worker;

import static java.util.Objects.requireNonNull;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Insights;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.InvalidAnswerException;
import org.memoryqueue.summariser.RejectedTranscriptException;
import org.memoryqueue.summariser.Summariser;
import org.memoryqueue.summariser.SummariserUnavailableException;
import org.memoryqueue.transcript.Transcript;

/** A summariser that does what the first message says, e.g. {@code fail}, or {@code hold} until let go. */
@Singleton
@Alternative
@Priority(1)
public final class ScriptedSummariser implements Summariser {

    private final Queue<UniEmitter<? super Summary>> held = new ConcurrentLinkedQueue<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private volatile boolean isMisconfigured;

    @Override
    public Uni<Summary> summarise(Transcript transcript) {
        return switch (transcript.messages().getFirst().content()) {
            case "fail" -> Uni.createFrom().failure(new IllegalStateException("secret words of a student"));
            case "invalid" -> Uni.createFrom().failure(new InvalidAnswerException("The answer is no JSON"));
            case "rejected" -> Uni.createFrom().failure(new RejectedTranscriptException("The model refuses it"));
            case "misconfigured" ->
                isMisconfigured
                        ? Uni.createFrom()
                                .failure(SummariserUnavailableException.misconfigured("The key is refused", 401))
                        : Uni.createFrom().item(summary());
            case "throw" -> throw new IllegalStateException("secret words of a student");
            case "hold" -> {
                Uni<Summary> holding = Uni.createFrom().emitter(emitter -> held.add(emitter));
                yield holding.onCancellation().invoke(cancelled::incrementAndGet);
            }
            default -> Uni.createFrom().item(summary());
        };
    }

    int holding() {
        return held.size();
    }

    void misconfigure(boolean refuses) {
        isMisconfigured = refuses;
    }

    int cancelled() {
        return cancelled.get();
    }

    /** Lets go of those that are held now, and of none that comes meanwhile. */
    void letGo() {
        for (int i = held.size(); i > 0; i--) {
            requireNonNull(held.poll()).complete(summary());
        }
    }

    private static Summary summary() {
        return new Summary(
                "scripted/1",
                "They talked.",
                List.of(),
                new Insights(List.of(), List.of(), ""),
                "",
                Assessment.NONE,
                List.of(),
                List.of());
    }
}
