package org.memoryqueue.benchmarks.quality;

import org.memoryqueue.memory.Assessment.Outcome;

/**
 * What the summariser says of a dialogue that its weights have not seen, beside what its teacher says.
 *
 * @param dialogue the dialogue with its label
 * @param fold in which part it was held out
 * @param probability of having been solved unaided, 0 to 1
 * @param positive whether that is at or above the threshold
 * @param outcome what the memory says
 */
record Prediction(LabelledDialogue dialogue, int fold, double probability, boolean positive, Outcome outcome) {

    boolean isSolved() {
        return dialogue.ending() == LabelledDialogue.Ending.SOLVED;
    }
}
