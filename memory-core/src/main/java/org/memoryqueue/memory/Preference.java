package org.memoryqueue.memory;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a student asked to be taught, or what they said had helped them.
 *
 * @param wish what they wanted
 * @param messageIndex 0-based index into the messages as they were sent
 * @param quote their words, verbatim, as they stand in that message
 */
public record Preference(Wish wish, int messageIndex, String quote) {

    /** What a wish is about. */
    public enum Kind {
        EXPLANATION_STYLE,
        PACE
    }

    /** What a student can want. */
    public enum Wish {
        EXAMPLES(Kind.EXPLANATION_STYLE),
        STEP_BY_STEP(Kind.EXPLANATION_STYLE),
        VISUAL(Kind.EXPLANATION_STYLE),
        SHORT(Kind.EXPLANATION_STYLE),
        DETAILED(Kind.EXPLANATION_STYLE),
        SLOWER(Kind.PACE),
        FASTER(Kind.PACE);

        private final Kind kind;

        Wish(Kind kind) {
            this.kind = kind;
        }

        /** What it is about. */
        public Kind kind() {
            return kind;
        }

        /** The word in the database, in a profile and in resources, such as {@code step-by-step}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The wish of that word; empty for any other word. */
        public static Optional<Wish> ofWord(String word) {
            return Stream.of(values()).filter(wish -> wish.word().equals(word)).findAny();
        }
    }
}
