package org.memoryqueue.summariser.injection;

import io.smallrye.mutiny.Uni;
import org.memoryqueue.memory.Flag;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.Calls;
import org.memoryqueue.summariser.OffLoop;
import org.memoryqueue.summariser.Summariser;
import org.memoryqueue.transcript.Transcript;

/** Flags what another summariser makes of a transcript that tries to instruct it. Safe for concurrent use. */
public final class FlaggingSummariser implements Summariser {

    private final Summariser other;
    private final InjectionDetector detector = new InjectionDetector();

    public FlaggingSummariser(Summariser other) {
        this.other = other;
    }

    @Override
    public Uni<Summary> summarise(Transcript transcript) {
        return summarise(transcript, Calls.PLAIN);
    }

    @Override
    public Uni<Summary> summarise(Transcript transcript, Calls calls) {
        return OffLoop.compute(() -> detector.triesToInstruct(transcript))
                .flatMap(tries -> other.summarise(transcript, calls)
                        .map(summary -> tries ? summary.flagged(Flag.INSTRUCTIONS_IN_TRANSCRIPT) : summary));
    }
}
