package org.memoryqueue.summariser.privacy;

import io.smallrye.mutiny.Uni;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.Calls;
import org.memoryqueue.summariser.OffLoop;
import org.memoryqueue.summariser.Summariser;
import org.memoryqueue.transcript.Transcript;

/**
 * Keeps personal data from another summariser: it gets the transcript with placeholders, and what it makes of it gets the
 * data back. Safe for concurrent use.
 */
final class MaskingSummariser implements Summariser {

    private final Summariser other;
    private final PersonalData data;

    MaskingSummariser(Summariser other, PersonalData data) {
        this.other = other;
        this.data = data;
    }

    @Override
    public Uni<Summary> summarise(Transcript transcript) {
        return summarise(transcript, Calls.PLAIN);
    }

    @Override
    public Uni<Summary> summarise(Transcript transcript, Calls calls) {
        return OffLoop.compute(() -> Placeholders.of(transcript, data)).flatMap(placeholders -> {
            if (placeholders.isEmpty()) {
                return other.summarise(transcript, calls);
            }
            return other.summarise(placeholders.masked(), calls)
                    .flatMap(masked -> OffLoop.compute(() -> Restoration.of(masked, placeholders, transcript)));
        });
    }
}
