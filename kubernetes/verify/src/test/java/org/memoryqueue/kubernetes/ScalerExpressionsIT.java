package org.memoryqueue.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.memoryqueue.kubernetes.code.Expressions;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.tool.Command;
import org.memoryqueue.kubernetes.tool.Promtool;

/** What the scalers over Prometheus ask, computed by Prometheus' own tool. Two APIs show the same queue. */
class ScalerExpressionsIT {

    private static final String SERIES = """
                  - series: '%s{namespace="memory-queue",pod="%s"%s}'
                    values: '%sx10'
            """;

    private final Optional<Promtool> promtool = Promtool.find();

    @BeforeEach
    void needsPromtool() {
        assumeTrue(promtool.isPresent(), "SKIPPED: there is neither promtool nor apt-get to fetch it with");
    }

    @Test
    void theAdapterComputesTheWorkersThatTheQueueNeeds() throws IOException {
        String expression = adapter();

        // 100 / 50 + (300 + 100) / 200 + 500 / 1000
        assertThat(evaluated(expression, queue("100", "300", "500", "100", "0"), "{} 4.5"))
                .isEmpty();
    }

    @Test
    void aPausedQueueNeedsWorkersOnlyForWhatRuns() throws IOException {
        assertThat(evaluated(adapter(), queue("100", "300", "500", "100", "1"), "{} 0.5"))
                .isEmpty();
    }

    @Test
    void anEmptyQueueNeedsNone() throws IOException {
        assertThat(evaluated(adapter(), queue("0", "0", "0", "0", "0"), "{} 0")).isEmpty();
    }

    @Test
    void withoutAnApiThereIsNoNumberRatherThanZero() throws IOException {
        for (String expression :
                Stream.concat(Stream.of(adapter()), keda().stream()).toList()) {
            assertThat(evaluated(expression, "", "")).as(expression).isEmpty();
        }
    }

    @Test
    void kedaAsksForEachPartOfTheFormula() throws IOException {
        String queue = queue("100", "300", "500", "7", "0");
        List<String> expected = List.of("{} 100", "{} 300", "{} 500", "{} 7");

        assertThat(keda()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(evaluated(keda().get(i), queue, expected.get(i))).isEmpty();
        }
    }

    private static String adapter() {
        return Expressions.of(Rendered.render(List.of("autoscaling-hpa"))
                        .orElseThrow()
                        .get("ConfigMap", "prometheus-adapter-rules"))
                .getFirst();
    }

    private static List<String> keda() {
        Manifests manifests =
                Rendered.render(List.of("autoscaling-keda-database")).orElseThrow();
        return Expressions.of(manifests.get("ScaledObject", "memory-worker"));
    }

    private static String queue(String high, String normal, String low, String active, String paused) {
        StringBuilder series = new StringBuilder();
        for (String pod : List.of("a", "b")) {
            series.append(SERIES.formatted("memory_queue_waiting", pod, ",priority=\"high\"", high))
                    .append(SERIES.formatted("memory_queue_waiting", pod, ",priority=\"normal\"", normal))
                    .append(SERIES.formatted("memory_queue_waiting", pod, ",priority=\"low\"", low))
                    .append(SERIES.formatted("memory_queue_active", pod, "", active))
                    .append(SERIES.formatted("memory_queue_paused", pod, "", paused));
        }
        return series.toString();
    }

    /** Nothing when the expression comes to that; else what promtool says. */
    private String evaluated(String expression, String series, String expected) throws IOException {
        String sample =
                expected.isEmpty() ? "[]" : "[{labels: '%s', value: %s}]".formatted((Object[]) expected.split(" "));
        String test = """
                evaluation_interval: 30s
                tests:
                  - interval: 30s
                    input_series: %s
                    promql_expr_test:
                      - expr: '%s'
                        eval_time: 1m
                        exp_samples: %s
                """.formatted(
                        series.isEmpty() ? "[]" : "\n" + series.indent(2).stripTrailing(),
                        expression.replace("'", "''"),
                        sample);
        Path directory = Files.createDirectories(Rendered.PROJECT.target().resolve("expressions"));
        Files.writeString(directory.resolve("expression_test.yaml"), test);
        Command command = promtool.orElseThrow().test(directory, "expression_test.yaml");
        return command.exitCode() == 0 ? "" : command.output() + command.errors() + test;
    }
}
