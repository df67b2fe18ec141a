package org.memoryqueue.benchmarks.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Prints how good the offline summariser is, as a table in Markdown; fails when it misses an aim. */
final class QualityReport {

    private QualityReport() {}

    /**
     * Measures and prints.
     *
     * @param args the file of the labelled dialogues, and the project's root
     */
    public static void main(String[] args) throws IOException {
        List<LabelledDialogue> dialogues = DialogueFile.read(Path.of(args[0]));
        Table table = new Table(System.out);
        table.title("Quality of the offline summariser, on " + dialogues.size() + " dialogues about "
                + dialogues.stream().map(LabelledDialogue::problem).distinct().count() + " problems");
        new OutcomeSection(dialogues).print(table);
        new MemorySection(dialogues).print(table);
        table.title("Weights");
        String shipped = Files.readString(Path.of(args[1]).resolve(WeightsFile.PATH));
        table.must("the resource equals what the program writes", shipped.equals(WeightsFile.text(dialogues)));
        if (table.hasFailed()) {
            System.err.println("The summariser misses an aim, or something that must hold does not: see above.");
            System.exit(1);
        }
    }
}
