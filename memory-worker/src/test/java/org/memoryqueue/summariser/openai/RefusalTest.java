package org.memoryqueue.summariser.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.summariser.RejectedTranscriptException;
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

    private static SummariserUnavailableException unavailable(int status, @Nullable String retryAfter) {
        return (SummariserUnavailableException) Refusal.of(status, retryAfter, null);
    }
}
