package org.memoryqueue.summariser.extractive;

import java.util.ArrayList;
import java.util.List;

/** Reads the verdict out of a tutor's reaction. */
final class Reactions {

    private static final String RIGHT = "right";
    private static final String PARTLY = "partly";
    private static final String WRONG = "wrong";
    private static final String AGAIN = "again";
    private static final String BUT = "but";

    /** A verdict stands at the beginning of a reaction; what comes later explains or goes on. */
    private static final int SENTENCES_READ = 4;

    private final Cues cues = Cues.load("reactions.txt");

    Verdict judge(Utterance reaction) {
        List<String> labels = new ArrayList<>();
        reaction.sentences().stream().limit(SENTENCES_READ).forEach(sentence -> labels.addAll(labels(sentence)));
        if (labels.contains(PARTLY)) {
            return firstOf(labels, RIGHT, PARTLY, WRONG).equals(WRONG) ? Verdict.WRONG : Verdict.PARTLY;
        }
        return switch (firstOf(labels, RIGHT, WRONG, AGAIN, BUT)) {
            case RIGHT -> labels.contains(WRONG) || labels.contains(BUT) ? Verdict.PARTLY : Verdict.RIGHT;
            case WRONG -> Verdict.WRONG;
            case AGAIN, BUT -> labels.contains(WRONG) ? Verdict.WRONG : Verdict.DOUBTED;
            default -> Verdict.OPEN;
        };
    }

    /** Whether a sentence praises, and does nothing else. */
    boolean isPraise(Sentence sentence) {
        List<String> labels = labels(sentence);
        return labels.contains(RIGHT) && labels.stream().allMatch(RIGHT::equals);
    }

    /**
     * The labels of a sentence that count. A question judges only by how it opens ("Great, so how many …?"): "Is that
     * right?" is no praise. Asking to look again is mostly put as a question, so it counts anywhere.
     */
    private List<String> labels(Sentence sentence) {
        return cues.in(sentence).stream()
                .filter(hit -> !sentence.isQuestion()
                        || hit.start() == 0
                        || hit.label().equals(AGAIN))
                .map(PhraseTable.Hit::label)
                .toList();
    }

    private static String firstOf(List<String> labels, String... wanted) {
        List<String> accepted = List.of(wanted);
        return labels.stream().filter(accepted::contains).findFirst().orElse(Cues.NONE);
    }
}
