package org.memoryqueue.summariser.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.summariser.RejectedTranscriptException;
import org.memoryqueue.summariser.SummariserException;
import org.memoryqueue.summariser.SummariserUnavailableException;

class RefusalTest {

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void concernsTheTranscriptAlone(int status) {
        assertThat(Refusal.of(status, null, null))
                .isInstanceOf(RejectedTranscriptException.class)
                .hasMessageContaining(String.valueOf(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 529})
    void isAnOutageThatHealsByItself(int status) {
        SummariserUnavailableException failure = unavailable(status, null);

        assertThat(failure.canHeal()).isTrue();
        assertThat(failure.isConfiguration()).isFalse();
        assertThat(failure.status()).hasValue(status);
        assertThat(failure.retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void isAnOutageWhoseEndIsToldSoThatTryingEarlierIsPointless(int status) {
        SummariserUnavailableException failure = unavailable(status, "30");

        assertThat(failure.canHeal()).isFalse();
        assertThat(failure.isConfiguration()).isFalse();
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 308, 401, 402, 403, 404, 405, 410, 415})
    void isAWrongSettingThatOnlyAPersonCanMend(int status) {
        SummariserUnavailableException failure = unavailable(status, "30");

        assertThat(failure.canHeal()).isFalse();
        assertThat(failure.isConfiguration()).isTrue();
        assertThat(failure.status()).hasValue(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\": \"model_not_found\", \"message\": \"whatever\"}",
                "{\"code\": \"DeploymentNotFound\"}",
                "{\"type\": \"NotFoundError\", \"code\": 400}",
                "{\"param\": \"model\", \"code\": null}",
                "{\"param\": \"temperature\", \"code\": \"unsupported_value\"}",
                "{\"param\": \"response_format.json_schema\", \"code\": \"unsupported_parameter\"}",
                "{\"message\": \"foo/bar is not a valid model ID\", \"code\": 400}",
                "{\"message\": \"The model `qwen` does not exist.\"}",
                "{\"message\": \"model \\\"qwen\\\" not found, try pulling it first\"}"
            })
    void isAWrongSettingWhenABadRequestIsAboutTheModelsNameOrAParameter(String error) throws Exception {
        SummariserException failure = Refusal.of(400, null, null, new JsonMapper().readTree(error));

        assertThat(failure).isInstanceOfSatisfying(SummariserUnavailableException.class, wrong -> {
            assertThat(wrong.isConfiguration()).isTrue();
            assertThat(wrong.status()).hasValue(400);
            assertThat(wrong.getMessage()).doesNotContain("qwen", "foo/bar");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"code\": \"context_length_exceeded\", \"param\": \"messages\"}",
                "{\"message\": \"Invalid content: a student wrote: the model x does not exist\"}",
                "{\"message\": \"This model's maximum context length is 8192 tokens\"}"
            })
    void isAMatterOfTheTranscriptWhenABadRequestIsAboutAnythingElse(String error) throws Exception {
        assertThat(Refusal.of(400, null, null, new JsonMapper().readTree(error)))
                .isInstanceOf(RejectedTranscriptException.class);
    }

    private static SummariserUnavailableException unavailable(int status, @Nullable String retryAfter) {
        return (SummariserUnavailableException) Refusal.of(status, retryAfter, null);
    }
}
