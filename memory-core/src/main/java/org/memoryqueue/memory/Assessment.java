package org.memoryqueue.memory;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the session's task ended.
 *
 * @param solvedUnaided the probability, 0 to 1, that the student solved the task without being given the answer; null
 *     when the transcript does not allow a judgement
 * @param outcome the most likely ending
 * @param confidence how sure the summariser is of {@code outcome}, 0 to 1
 */
@RegisterForReflection
public record Assessment(
        @JsonProperty("solved_unaided") @Nullable Double solvedUnaided, Outcome outcome, double confidence) {

    /** No judgement. */
    public static final Assessment NONE = new Assessment(null, Outcome.UNKNOWN, 0);

    public Assessment {
        if (solvedUnaided != null && !(solvedUnaided >= 0 && solvedUnaided <= 1)) {
            throw new IllegalArgumentException("solved_unaided must be within 0..1, not " + solvedUnaided);
        }
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence must be within 0..1, not " + confidence);
        }
    }

    /** How a task can end. */
    @RegisterForReflection
    public enum Outcome {
        @JsonProperty("solved")
        SOLVED,
        @JsonProperty("solved_with_help")
        SOLVED_WITH_HELP,
        @JsonProperty("unsolved")
        UNSOLVED,
        @JsonProperty("unknown")
        UNKNOWN;

        /** The word on the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
