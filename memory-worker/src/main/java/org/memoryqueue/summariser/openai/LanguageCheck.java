package org.memoryqueue.summariser.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.summariser.InvalidAnswerException;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Transcript;

/**
 * Holds answers against the language of a conversation, where that is clear. A lesson of Spanish held in English, in which
 * student and tutor show two languages, has none.
 *
 * @param conversation the language, null where it is not clear
 */
record LanguageCheck(@Nullable Spoken conversation) {

    /** As many characters of each side tell its language as well as all of them would. */
    private static final int SAMPLE = 20_000;

    static LanguageCheck of(Transcript transcript) {
        Spoken student = Spoken.of(sample(transcript, Message::isStudent));
        Spoken tutor = Spoken.of(sample(transcript, Message::isTutor));
        if (tutor.isForeignTo(student) || student.isForeignTo(tutor)) {
            return new LanguageCheck(null);
        }
        return new LanguageCheck(student.script() == null ? tutor : student);
    }

    private static String sample(Transcript transcript, Predicate<Message> side) {
        StringBuilder sample = new StringBuilder();
        transcript.messages().stream()
                .filter(side)
                .takeWhile(message -> sample.length() < SAMPLE)
                .forEach(message -> sample.append(
                                message.content(),
                                0,
                                Math.min(SAMPLE, message.content().length()))
                        .append('\n'));
        return sample.toString();
    }

    /** The language in which to answer, as a task spells it. */
    String inTask() {
        String language = conversation == null ? null : conversation.language();
        return language == null ? "the language that the student writes in" : language;
    }

    /**
     * Looks at the prose of an answer.
     *
     * @throws InvalidAnswerException if it is clearly in another language
     */
    void check(JsonNode answer) {
        if (conversation != null && Spoken.of(prose(answer)).isForeignTo(conversation)) {
            throw new InvalidAnswerException("the answer of the model is not in the language of the conversation");
        }
    }

    /** Without quotes, which are the conversation's, and topics, which may be of another language. */
    private static String prose(JsonNode answer) {
        return Stream.of(
                        Stream.of("summary", "progress", "next_steps")
                                .map(name -> answer.path(name).asText()),
                        claims(answer.path("understood")),
                        claims(answer.path("struggling")))
                .flatMap(texts -> texts)
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> claims(JsonNode findings) {
        return findings.valueStream().map(finding -> finding.path("claim").asText());
    }
}
