package org.memoryqueue.benchmarks.quality;

import java.util.List;
import java.util.Optional;
import org.memoryqueue.benchmarks.quality.LabelledDialogue.Ending;
import org.memoryqueue.summariser.extractive.ExtractiveSummariser;
import org.memoryqueue.summariser.extractive.Signal;
import org.memoryqueue.summariser.extractive.Signals;

/**
 * What the model learns from: the signals of a dialogue and how it ended.
 *
 * @param problem examples of one problem stay together
 */
record Example(String problem, Signals signals, Ending ending) {

    /** The examples of the dialogues that the summariser judges. */
    static List<Example> of(List<LabelledDialogue> dialogues) {
        ExtractiveSummariser summariser = new ExtractiveSummariser();
        return dialogues.stream()
                .map(dialogue -> of(dialogue, summariser))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Example> of(LabelledDialogue dialogue, ExtractiveSummariser summariser) {
        return summariser
                .signals(dialogue.transcript())
                .map(signals -> new Example(dialogue.problem(), signals, dialogue.ending()));
    }

    boolean isSolved() {
        return ending == Ending.SOLVED;
    }

    /** The values of the signals, in the order of {@link Signal}. */
    double[] values() {
        Signal[] all = Signal.values();
        double[] values = new double[all.length];
        for (int i = 0; i < all.length; i++) {
            values[i] = signals.values().getOrDefault(all[i], 0.0);
        }
        return values;
    }
}
