package org.memoryqueue.summariser.openai;

import java.time.Instant;
import java.util.List;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;

/** A conversation, and an answer that fits it. */
final class Talk {

    static final Transcript FRACTIONS = of(
            new Message("system", "You are a patient tutor."),
            new Message("user", "How do I add 1/2 and 1/3? I always add the bottoms."),
            new Message("assistant", "What is the smallest number that both 2 and 3 divide?"),
            new Message("user", "6. So it is 3/6 + 2/6 = 5/6"),
            new Message("assistant", "Correct! 5/6 is right."));

    static final String ANSWER = """
            {
              "summary": "The student added fractions.",
              "topics": [{"topic": "Adding  Fractions", "message_index": 1, "quote": "add 1/2 and 1/3"}],
              "understood": [{"claim": "Finds a common denominator.", "message_index": 3, "quote": "3/6 + 2/6 = 5/6"}],
              "struggling": [{"claim": "Used to add denominators.", "message_index": 1, "quote": "I always add the bottoms"}],
              "progress": "From a wrong habit to a right answer.",
              "next_steps": "Try 1/4 and 1/6.",
              "assessment": {"solved_unaided": 0.8, "outcome": "solved", "confidence": 0.9},
              "observations": [{"topic": "adding fractions", "correct_unaided": 1, "correct_with_help": 0, "incorrect": 1}]
            }""";

    private Talk() {}

    /** All of a transcript, as one part. */
    static Part whole(Transcript transcript) {
        return Partition.of(transcript, Integer.MAX_VALUE, 1).getFirst();
    }

    static Transcript of(Message... messages) {
        Session session = new Session("ada", "tutor", "room", Instant.parse("2026-01-15T09:00:00Z"));
        return new Transcript(session, List.of(messages));
    }
}
