package org.memoryqueue.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLevelTest {

    @ParameterizedTest
    @CsvSource({
        "error, ERROR, ERROR",
        "Warn, WARN, WARN",
        "info, INFO, INFO",
        "debug, DEBUG, INFO",
        "TRACE, TRACE, INFO"
    })
    void makesOurCodeTalkativeAndLibrariesNeverMoreThanInfo(String given, String ours, String libraries) {
        assertThat(LogLevel.settings(given))
                .containsEntry("quarkus.log.category.\"org.memoryqueue\".level", ours)
                .containsEntry("quarkus.log.level", libraries)
                .hasSize(2);
    }

    @Test
    void refusesAWordThatIsNoLevel() {
        assertThatThrownBy(() -> LogLevel.settings("loud"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("LOG_LEVEL must be one of");
    }
}
