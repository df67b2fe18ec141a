package org.memoryqueue.transcript;

import java.util.List;

/**
 * The conversation of one session.
 *
 * @param session whose conversation it is
 * @param messages every message in the order in which it was sent, those of ignored roles included
 */
public record Transcript(Session session, List<Message> messages) {

    public Transcript {
        messages = List.copyOf(messages);
    }

    /** Counts the messages of student and tutor. */
    public int messageCount() {
        return (int) messages.stream().filter(Message::isSpoken).count();
    }

    /** Counts the messages of the student. */
    public int studentMessageCount() {
        return (int) messages.stream().filter(Message::isStudent).count();
    }
}
