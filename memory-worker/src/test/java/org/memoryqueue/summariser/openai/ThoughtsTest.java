package org.memoryqueue.summariser.openai;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.summariser.InvalidAnswerException;

class ThoughtsTest {

    @ParameterizedTest
    @ValueSource(strings = {"The student added fractions.", "Used to add denominators.", "Try 1/4 and 1/6."})
    void areRefusedInAnyText(String text) {
        for (String thought : new String[] {"<think>secret</think>", "</think>", "<THINKING> secret"}) {
            assertThatExceptionOfType(InvalidAnswerException.class)
                    .isThrownBy(() -> Thoughts.check(answer(Talk.ANSWER.replace(text, thought + text))))
                    .withMessageNotContaining("secret");
        }
    }

    @Test
    void mayBeWhatAStudentWrote() {
        assertThatCode(() -> Thoughts.check(answer(Talk.ANSWER.replace("I always add", "<think> I always add"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> Thoughts.check(answer(Talk.ANSWER))).doesNotThrowAnyException();
    }

    private static JsonNode answer(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
