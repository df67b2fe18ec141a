package org.memoryqueue.summariser.extractive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.Summariser;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;

/** A conversation in the making, for tests. */
final class Dialogue {

    private static final Session SESSION = new Session("student", "bot", "room", Instant.EPOCH);
    private static final Summariser SUMMARISER = new ExtractiveSummariser();

    private final List<Message> messages = new ArrayList<>();

    static Dialogue dialogue() {
        return new Dialogue();
    }

    Dialogue tutor(String content) {
        return says(Message.TUTOR, content);
    }

    Dialogue student(String content) {
        return says(Message.STUDENT, content);
    }

    Dialogue says(String role, String content) {
        messages.add(new Message(role, content));
        return this;
    }

    Transcript transcript() {
        return new Transcript(SESSION, messages);
    }

    List<Utterance> utterances() {
        return Reader.read(transcript());
    }

    Summary summary() {
        return SUMMARISER.summarise(transcript()).await().indefinitely();
    }
}
