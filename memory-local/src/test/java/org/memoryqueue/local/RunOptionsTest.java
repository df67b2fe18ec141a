package org.memoryqueue.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunOptionsTest {
    @Test
    void startsOneWorkerOnTheUsualPortsByDefault() throws Exception {
        assertThat(parse()).isEqualTo(new RunOptions(1, 8080, 3001, false, false));
    }

    @Test
    void takesValuesAsTheNextWordOrAfterAnEqualsSign() throws Exception {
        assertThat(parse("--workers", "3", "--port=9000", "--fresh"))
                .isEqualTo(new RunOptions(3, 9000, 3001, true, false));
        assertThat(parse("--workers", "3").healthPort(3)).isEqualTo(3003);
    }

    @Test
    void takesExecutablesWhenAsked() throws Exception {
        assertThat(parse("--native").executables()).isTrue();
    }

    @Test
    void takesPortsFromTheEnvironmentUnlessAnOptionSaysOtherwise() throws Exception {
        Map<String, String> environment = Map.of("QUARKUS_HTTP_PORT", "8888", "WORKER_HEALTH_PORT", "4001");
        assertThat(RunOptions.parse(List.of(), environment)).isEqualTo(new RunOptions(1, 8888, 4001, false, false));
        assertThat(RunOptions.parse(List.of("--port", "9000"), environment).port())
                .isEqualTo(9000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--wrokers 3", "start", "--fresh=yes", "-x"})
    void namesAnOptionThatItDoesNotKnow(String arguments) {
        assertThatThrownBy(() -> parse(arguments.split(" ", -1)))
                .isInstanceOfSatisfying(
                        LaunchException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
                .hasMessageStartingWith("Unknown option ")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--workers", "--workers many", "--workers -1", "--workers 33", "--port 0", "--port 65536"})
    void namesAnOptionWhoseNumberIsWrong(String arguments) {
        assertThatThrownBy(() -> parse(arguments.split(" ", -1)))
                .isInstanceOfSatisfying(
                        LaunchException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
                .hasMessageContaining(arguments.split(" ", -1)[0] + " needs a number from ");
    }

    @Test
    void refusesOnePortForTwo() throws Exception {
        RunOptions options = parse("--workers", "3", "--port", "3002");
        assertThatThrownBy(() -> PortPlan.of(options)).hasMessageContaining("memory-api and worker-2");
    }

    private static RunOptions parse(String... arguments) throws LaunchException {
        return RunOptions.parse(List.of(arguments), Map.of());
    }
}
