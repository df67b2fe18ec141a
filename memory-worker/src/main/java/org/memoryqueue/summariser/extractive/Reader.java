package org.memoryqueue.summariser.extractive;

import java.util.ArrayList;
import java.util.List;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Transcript;

/** Reads what student and tutor said, within bounds: the more messages there are, the less is read of a long one. */
final class Reader {

    private static final int MOST_CHARACTERS = 120_000;
    private static final int MOST_OF_ONE_MESSAGE = 2_000;
    private static final int LEAST_OF_ONE_MESSAGE = 250;

    private Reader() {}

    static List<Utterance> read(Transcript transcript) {
        List<Message> messages = transcript.messages();
        int share = Math.clamp(MOST_CHARACTERS / messages.size(), LEAST_OF_ONE_MESSAGE, MOST_OF_ONE_MESSAGE);
        List<Utterance> utterances = new ArrayList<>();
        for (int index = 0; index < messages.size(); index++) {
            Message message = messages.get(index);
            if (message.isSpoken()) {
                utterances.add(new Utterance(index, message.isStudent(), Sentences.of(message.content(), share)));
            }
        }
        return List.copyOf(utterances);
    }
}
