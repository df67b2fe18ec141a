package org.memoryqueue.summariser.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is found in the test set, in numbers; docs/privacy.md holds them. */
class PersonalDataTest {

    private static final double FLOOR = 0.98;

    private final PersonalData data = new PersonalData(Sentences.NAMES);

    /** How many were right. */
    private static final class Score {
        private int marked;
        private int found;
        private int right;

        double recall() {
            return marked == 0 ? 1 : (double) right / marked;
        }

        double precision() {
            return found == 0 ? 1 : (double) right / found;
        }
    }

    @Test
    void findsWhatIsPersonalAndNothingElse() {
        Map<Kind, Score> byKind = new EnumMap<>(Kind.class);
        Score all = new Score();
        List<String> mistakes = new ArrayList<>();
        for (Sentences sentence : Sentences.all()) {
            List<Span> found = data.in(sentence.text());
            found.forEach(span -> count(span.kind(), byKind, all).forEach(score -> score.found++));
            for (Span span : sentence.personal()) {
                count(span.kind(), byKind, all).forEach(score -> score.marked++);
                if (found.contains(span)) {
                    count(span.kind(), byKind, all).forEach(score -> score.right++);
                }
            }
            if (!found.equals(sentence.personal())) {
                mistakes.add(sentence.text() + " -> " + found);
            }
        }

        List<String> table = new ArrayList<>();
        byKind.forEach((kind, score) -> table.add(row(kind.name(), score)));
        table.add(row("all", all));
        System.out.printf("Masking, %d sentences:%n%s%n", Sentences.all().size(), String.join("\n", table));
        assertThat(all.recall()).as("recall; %s", mistakes).isGreaterThanOrEqualTo(FLOOR);
        assertThat(all.precision()).as("precision; %s", mistakes).isGreaterThanOrEqualTo(FLOOR);
        mistakes.forEach(System.out::println);
    }

    private static List<Score> count(Kind kind, Map<Kind, Score> byKind, Score all) {
        return List.of(byKind.computeIfAbsent(kind, k -> new Score()), all);
    }

    private static String row(String name, Score score) {
        return "| %s | %d | %.3f | %.3f |".formatted(name, score.marked, score.recall(), score.precision());
    }
}
