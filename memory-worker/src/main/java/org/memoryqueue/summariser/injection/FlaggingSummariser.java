package org.memoryqueue.summariser.injection;

import io.smallrye.mutiny.Uni;
import org.memoryqueue.memory.Flag;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.Summariser;
import org.memoryqueue.transcript.Transcript;

/** Flags what another summariser makes of a transcript that tries to instruct it. Safe for concurrent use. */
public final class FlaggingSummariser implements Summariser {

    private final Summariser other;
    private final InjectionDetector detector = new InjectionDetector();

    public FlaggingSummariser(Summariser other) {
        this.other = other;
    }

    /** Computes on the subscriber's thread before the other one is asked. */
    @Override
    public Uni<Summary> summarise(Transcript transcript) {
        return Uni.createFrom()
                .item(() -> detector.triesToInstruct(transcript))
                .flatMap(tries -> other.summarise(transcript)
                        .map(summary -> tries ? summary.flagged(Flag.INSTRUCTIONS_IN_TRANSCRIPT) : summary));
    }
}
