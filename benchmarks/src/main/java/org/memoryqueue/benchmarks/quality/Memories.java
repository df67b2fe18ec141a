package org.memoryqueue.benchmarks.quality;

import java.util.List;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.Summariser;
import org.memoryqueue.summariser.extractive.ExtractiveSummariser;
import org.memoryqueue.transcript.Transcript;

/** The dialogues with the memories that the summariser makes of them, as it ships. */
final class Memories {

    private Memories() {}

    static List<Memory> of(List<LabelledDialogue> dialogues) {
        Summariser summariser = new ExtractiveSummariser();
        return dialogues.stream()
                .map(dialogue -> new Memory(dialogue, summarise(summariser, dialogue.transcript())))
                .toList();
    }

    static Summary summarise(Summariser summariser, Transcript transcript) {
        return summariser.summarise(transcript).await().indefinitely();
    }

    /** A dialogue and its memory. */
    record Memory(LabelledDialogue dialogue, Summary summary) {}
}
