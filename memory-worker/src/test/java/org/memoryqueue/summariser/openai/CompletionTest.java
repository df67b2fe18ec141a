package org.memoryqueue.summariser.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.summariser.InvalidAnswerException;
import org.memoryqueue.summariser.RejectedTranscriptException;
import org.memoryqueue.summariser.SummariserUnavailableException;
import org.memoryqueue.testing.model.Reply;

class CompletionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1}",
                "  {\"a\": 1}\n",
                "```json\n{\"a\": 1}\n```",
                "```\n{\"a\": 1}```",
                "```{\"a\": 1}```",
                "```json {\"a\": 1} ```",
                "<think>Is it {\"a\": 2}? No.</think>{\"a\": 1}",
                "<think>\nhm\n</think>\n\n```json\n{\"a\": 1}\n```\n",
                "a thought whose beginning the server cut off</think>{\"a\": 1}"
            })
    void findsTheAnswerWithinWhatModelsPutAroundIt(String content) {
        assertThat(answer(content)).hasToString("{\"a\":1}");
    }

    @Test
    void takesNoMarkWithinTheAnswerForAThought() {
        assertThat(answer("{\"a\": \"</think> ``` \"}").get("a").textValue()).isEqualTo("</think> ``` ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "[\"secret\"]",
                "\"secret\"",
                "{\"secret\": ",
                "{\"secret\": 1} and secret",
                "{\"secret\": 1, \"secret\": 2}",
                "<think>secret",
                "```json\n{\"secret\": 1}",
                "Here you are: {\"secret\": 1}"
            })
    void refusesWhatIsNoJsonObjectAndRepeatsNoneOfIt(String content) {
        assertInvalid(Reply.answer(content).body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\": []}",
                "{\"choices\": [{\"message\": {\"content\": null}}]}",
                "{\"choices\": [{\"message\": {\"content\": [\"secret\"]}}]}",
                "{\"choices\": [{\"message\": {\"content\": \"{}\"}, \"finish_reason\": \"length\"}]}"
            })
    void refusesAResponseWithoutAnAnswer(String body) {
        assertInvalid(body);
    }

    @Test
    void refusesWhatIsNestedWithoutEnd() {
        assertThat(unavailable("{\"choices\":" + "[".repeat(100_000)).canHeal()).isTrue();
        assertInvalid(Reply.answer("{\"a\":".repeat(100_000)).body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "[]", "\"secret\"", "{\"choices\": [{\"secret", "<html>secret</html>"})
    void takesWhatIsNoJsonObjectForAResponseThatBrokeOff(String body) {
        SummariserUnavailableException failure = unavailable(body);

        assertThat(failure.canHeal()).isTrue();
        assertThat(failure).hasMessageNotContaining("secret").hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"choices\": \"secret\"}", "{\"status\": \"ok\", \"secret\": 1}"})
    void takesJsonWithoutChoicesForThatOfAWrongAddress(String body) {
        SummariserUnavailableException failure = unavailable(body);

        assertThat(failure.isConfiguration()).isTrue();
        assertThat(failure).hasMessageNotContaining("secret").hasNoCause();
    }

    @Test
    void takesNoForAnAnswer() {
        assertThatExceptionOfType(RejectedTranscriptException.class)
                .isThrownBy(() -> Completion.read(
                                body("{\"choices\": [{\"message\": {\"content\": null, \"refusal\": \"secret\"},"
                                        + " \"finish_reason\": \"stop\"}]}"))
                        .answer())
                .withMessageNotContaining("secret");
        assertThatExceptionOfType(RejectedTranscriptException.class)
                .isThrownBy(() -> Completion.read(
                                body(
                                        "{\"choices\": [{\"message\": {\"content\": \"\"}, \"finish_reason\": \"content_filter\"}]}"))
                        .answer());
    }

    @Test
    void seesAnErrorThatAGatewayReportsWithinASuccess() {
        assertThat(unavailable("{\"error\": {\"code\": 429, \"message\": \"secret\"}}")
                        .status())
                .hasValue(429);
        assertThat(unavailable("{\"choices\": [{\"error\": {\"code\": 503}, \"finish_reason\": \"error\"}]}")
                        .status())
                .hasValue(503);
        assertThat(unavailable("{\"error\": {\"code\": \"server_error\"}}").status())
                .hasValue(502);
    }

    private static SummariserUnavailableException unavailable(String body) {
        return (SummariserUnavailableException)
                catchThrowable(() -> Completion.read(body(body)).answer());
    }

    private static void assertInvalid(String body) {
        assertThatExceptionOfType(InvalidAnswerException.class)
                .isThrownBy(() -> Completion.read(body(body)).answer())
                .withMessageNotContaining("secret")
                .withNoCause();
    }

    private static JsonNode answer(String content) {
        return Completion.read(body(Reply.answer(content).body())).answer();
    }

    private static Optional<ObjectNode> body(String text) {
        return Completion.object(text.getBytes(StandardCharsets.UTF_8));
    }
}
