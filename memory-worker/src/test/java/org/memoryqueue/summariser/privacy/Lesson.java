package org.memoryqueue.summariser.privacy;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Insights;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.Summariser;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;

/** Transcripts, and models that say of them what a test wants. */
final class Lesson {

    private Lesson() {}

    /** What student and tutor say in turns. */
    static Transcript of(String... said) {
        List<Message> messages = new ArrayList<>();
        for (String words : said) {
            messages.add(new Message(messages.size() % 2 == 0 ? Message.STUDENT : Message.TUTOR, words));
        }
        return new Transcript(new Session("ada", "tutor", "room", Instant.parse("2026-01-15T09:00:00Z")), messages);
    }

    /** A summary that says the same thing everywhere, and proves it by the first message. */
    static Summary summary(String saying, String quote) {
        return new Summary(
                "test/1",
                saying,
                List.of(saying),
                new Insights(List.of(saying), List.of(), saying),
                saying,
                Assessment.NONE,
                List.of(
                        new Evidence(Evidence.Kind.UNDERSTOOD, saying, 0, quote),
                        new Evidence(Evidence.Kind.TOPIC, saying, 0, quote)),
                List.of(new Observation(saying, 1, 0, 0)));
    }

    /** A model that is shown the masked words of the first message, and answers with a summary. */
    static Summariser model(Function<String, Summary> answer) {
        return transcript -> Uni.createFrom()
                .item(() -> answer.apply(transcript.messages().getFirst().content()));
    }

    /** What becomes of a transcript with such a model behind the mask. */
    static Summary masked(Transcript transcript, Function<String, Summary> answer) {
        return new MaskingSummariser(model(answer), new PersonalData(Sentences.NAMES))
                .summarise(transcript)
                .await()
                .indefinitely();
    }
}
