package org.memoryqueue.benchmarks.quality;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.memoryqueue.summariser.extractive.OutcomeWeights;

/** The resource with the weights that ship, and the program that writes it. */
final class WeightsFile {

    /** Where it is, seen from the project's root. */
    static final Path PATH = Path.of("memory-worker/src/main/resources/summariser/extractive/outcome-weights.txt");

    private WeightsFile() {}

    /**
     * Fits the weights and writes them.
     *
     * @param args the file of the labelled dialogues, and the file to write
     */
    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[1]), text(DialogueFile.read(Path.of(args[0]))), StandardCharsets.UTF_8);
        System.out.println("Written: " + args[1]);
    }

    /** The bytes that belong into the resource: the same for the same dialogues. */
    static String text(List<LabelledDialogue> dialogues) {
        List<Example> examples = Example.of(dialogues);
        OutcomeWeights weights = Fitting.fit(examples);
        return String.format(
                        Locale.ROOT,
                        """
                        # Weights of the logistic model of "solved unaided", in log-odds for each unit of a signal (Signal.java).
                        # Written by a program (org.memoryqueue.benchmarks.quality.WeightsFile, see docs/quality.md): do not edit.
                        # Origin: fitted to %d dialogues about %d problems of MathDial (Macina et al., Findings of EMNLP 2023; half
                        # of its test split), of which %d were solved unaided, %d by the tutor, %d not. L2 penalty %.0f on
                        # standardised signals, chosen by log loss in a cross-validation grouped by problem.
                        # threshold: the probability from which a task is called solved, which is the share that was. told, untold:
                        # of the tasks not solved unaided, the share that the tutor solved where the final answer was the tutor's,
                        # and the share that nobody solved where it was not.
                        """,
                        examples.size(),
                        examples.stream().map(Example::problem).distinct().count(),
                        count(examples, LabelledDialogue.Ending.SOLVED),
                        count(examples, LabelledDialogue.Ending.REVEALED),
                        count(examples, LabelledDialogue.Ending.UNSOLVED),
                        Fitting.bestPenalty(examples))
                + String.join("\n", weights.lines())
                + "\n";
    }

    private static long count(List<Example> examples, LabelledDialogue.Ending ending) {
        return examples.stream().filter(example -> example.ending() == ending).count();
    }
}
