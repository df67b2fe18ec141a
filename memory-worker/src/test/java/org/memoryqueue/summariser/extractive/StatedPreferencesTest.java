package org.memoryqueue.summariser.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.memory.Preference;
import org.memoryqueue.memory.Preference.Wish;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;

class StatedPreferencesTest {

    private final StatedPreferences preferences = new StatedPreferences();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EXAMPLES | ok. Can you give me an example? | Can you give me an example",
                "EXAMPLES | Oh, the example helped a lot! Thanks | Oh, the example helped a lot",
                "STEP_BY_STEP | please explain it step by step | please explain it step by step",
                "STEP_BY_STEP | could you break that down? | could you break that down",
                "VISUAL | I'm a visual learner, so no | I'm a visual learner, so no",
                "VISUAL | hm, can you draw it? | hm, can you draw it",
                "SHORT | Too much text. What is x? | Too much text",
                "DETAILED | explain that in more detail pls | explain that in more detail pls",
                "SLOWER | you’re going too fast for me | you’re going too fast for me",
                "FASTER | Can we go faster? I know this. | Can we go faster"
            })
    void findsWhatTheStudentAskedForInTheirWords(Wish wish, String said, String quote) {
        assertThat(preferences.in(transcript("Hello!", said))).containsExactly(new Preference(wish, 0, quote));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "please don't give me an example",
                "I do not want to go faster please",
                "For example, a car slows down and goes faster.",
                "I drew a picture of it and did it step by step",
                "The train is too fast and the picture is small",
                "Is 5 a short answer?",
                "no, never give me an example",
                ""
            })
    void findsNothingInWhatIsNoRequest(String said) {
        assertThat(preferences.in(transcript("Hello!", said))).isEmpty();
    }

    @Test
    void hearsTheStudentOnlyAndEachWishOnce() {
        assertThat(preferences.in(transcript(
                        "Shall I give you one? Just say: give me an example.",
                        "hi",
                        "give me an example",
                        "give me an example and go slower please")))
                .containsExactly(
                        new Preference(Wish.EXAMPLES, 2, "give me an example"),
                        new Preference(Wish.SLOWER, 4, "give me an example and go slower please"));
    }

    @Test
    void quotesNoMoreThanIsNeededOfALongSentence() {
        assertThat(preferences.in(transcript("Hello!", "and so ".repeat(60) + "can we go faster")))
                .containsExactly(new Preference(Wish.FASTER, 0, "can we go faster"));
    }

    @Test
    void keepsItsWorkWithinBounds() {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            messages.add(new Message(Message.STUDENT, "can you can you ".repeat(2_000)));
        }
        messages.add(new Message(Message.STUDENT, "go faster please"));
        assertThat(preferences.in(new Transcript(session(), messages))).isEmpty();
    }

    /** The tutor speaks after each message of the student. */
    private static Transcript transcript(String tutor, String... student) {
        List<Message> messages = new ArrayList<>();
        for (String said : student) {
            messages.add(new Message(Message.STUDENT, said));
            messages.add(new Message(Message.TUTOR, tutor));
        }
        return new Transcript(session(), messages);
    }

    private static Session session() {
        return new Session("student", "tutor", "room", Instant.EPOCH);
    }
}
