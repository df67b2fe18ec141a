package org.memoryqueue.transcript;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What makes two hand-ins the same session. The start is an instant, so that two spellings of one moment are one
 * session; it is cut to microseconds, the precision that Postgres keeps.
 *
 * @param studentId the student, 1 to 128 characters
 * @param chatbotId the chatbot, 1 to 128 characters
 * @param roomId the classroom, 1 to 128 characters
 * @param start when the session began
 */
public record Session(String studentId, String chatbotId, String roomId, Instant start) {

    public Session {
        start = start.truncatedTo(ChronoUnit.MICROS);
    }
}
