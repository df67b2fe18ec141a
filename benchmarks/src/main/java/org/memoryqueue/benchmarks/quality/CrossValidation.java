package org.memoryqueue.benchmarks.quality;

import java.util.ArrayList;
import java.util.List;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.summariser.extractive.ExtractiveSummariser;
import org.memoryqueue.summariser.extractive.OutcomeWeights;

/** Judges every dialogue by weights that were fitted without any dialogue of its problem. */
final class CrossValidation {

    static final int FOLDS = 10;

    private CrossValidation() {}

    /**
     * Runs once over all dialogues.
     *
     * @param seed which problems go together
     */
    static List<Prediction> run(List<LabelledDialogue> dialogues, long seed) {
        Folds folds =
                new Folds(dialogues.stream().map(LabelledDialogue::problem).toList(), FOLDS, seed);
        List<Prediction> predictions = new ArrayList<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            OutcomeWeights weights = Fitting.fit(Example.of(folds.outside(fold, dialogues, LabelledDialogue::problem)));
            ExtractiveSummariser summariser = new ExtractiveSummariser(weights);
            for (LabelledDialogue dialogue : folds.inside(fold, dialogues, LabelledDialogue::problem)) {
                predictions.add(prediction(dialogue, fold, weights, summariser));
            }
        }
        return List.copyOf(predictions);
    }

    /** A dialogue that is not judged gets the odds of an average one. */
    private static Prediction prediction(
            LabelledDialogue dialogue, int fold, OutcomeWeights weights, ExtractiveSummariser summariser) {
        double probability = summariser
                .signals(dialogue.transcript())
                .map(weights::probability)
                .orElse(weights.threshold());
        Assessment assessment = summariser
                .summarise(dialogue.transcript())
                .await()
                .indefinitely()
                .assessment();
        return new Prediction(dialogue, fold, probability, probability >= weights.threshold(), assessment.outcome());
    }
}
