package org.memoryqueue.testing.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers about a part of a transcript, and about notes on parts, as a model would give them that reads the prompt. */
public final class PartAnswers {

    private static final Pattern STUDENT =
            Pattern.compile("message (\\d+), the student(?:, piece \\d+ of \\d+)?:\\n([^\\n\"\\\\]{1,30})");
    private static final Pattern PART = Pattern.compile("part (\\d+) of (\\d+) of the transcript");

    private PartAnswers() {}

    /** Whether the notes on parts are to be merged. */
    public static boolean isMerge(Call call) {
        return call.systemMessage().contains("consecutive parts");
    }

    /** The number of the part that is shown; 0 when it is no part. */
    public static int part(Call call) {
        Matcher part = PART.matcher(call.systemMessage());
        return part.find() ? Integer.parseInt(part.group(1)) : 0;
    }

    /** A valid answer to either; its findings quote the first message of the student that is shown. */
    public static Reply to(Call call) {
        return Reply.answer(
                isMerge(call) ? narrative("The student and the tutor talked for long.") : findings(call),
                "{\"prompt_tokens\": 1000, \"completion_tokens\": 100, \"cost\": 0.001}");
    }

    /** What is told of a session. */
    public static String narrative(String summary) {
        return """
                {"summary": "%s", "progress": "From the first to the last.", "next_steps": "Go on.",
                 "assessment": {"solved_unaided": 0.5, "outcome": "solved_with_help", "confidence": 0.5}}""".formatted(summary);
    }

    private static String findings(Call call) {
        Matcher student = STUDENT.matcher(call.userMessage());
        if (!student.find()) {
            throw new IllegalStateException("No student speaks in this part");
        }
        String of = "\"message_index\": " + student.group(1) + ", \"quote\": \"" + student.group(2) + "\"";
        return """
                {"summary": "Part %1$d.", "progress": "", "next_steps": "",
                 "topics": [{"topic": "fractions", %2$s}, {"topic": "topic %1$d", %2$s}],
                 "understood": [{"claim": "Knows %1$d.", %2$s}],
                 "struggling": [{"claim": "Struggles.", %2$s}],
                 "assessment": {"solved_unaided": null, "outcome": "unknown", "confidence": 0},
                 "observations": [{"topic": "fractions", "correct_unaided": 1, "correct_with_help": 0, "incorrect": 0}]}""".formatted(part(call), of);
    }
}
