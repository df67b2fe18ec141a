package org.memoryqueue.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.kubernetes.code.ServiceSources;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.tool.Command;
import org.memoryqueue.kubernetes.tool.Project;

/** What is deployed without Kubernetes: units of systemd, and the Compose file. */
class DeploymentFilesIT {

    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final Pattern VARIABLE = Pattern.compile("^(?:Environment=)?([A-Z][A-Z0-9_]+)=", Pattern.MULTILINE);
    private static final Pattern EXPOSURE = Pattern.compile("exposure level for \\S+: ([0-9.]+)");

    private final Project project = Rendered.PROJECT;
    private final ServiceSources sources = new ServiceSources(project);
    private final JsonNode compose = Manifests.parse(project.text("compose.yaml"));

    @ParameterizedTest
    @ValueSource(strings = {"common.env", "api.env", "worker.env", "memory-worker@.service"})
    void unitsSetWhatServicesKnow(String file) {
        Set<String> set = VARIABLE.matcher(project.text("docs/deploy/" + file))
                .results()
                .map(MatchResult::group)
                .map(found -> found.replaceFirst("^Environment=", "").replace("=", ""))
                .collect(Collectors.toSet());

        assertThat(set).isNotEmpty().isSubsetOf(sources.variables());
    }

    @Test
    void aWorkerHasTimeToFinish() {
        Duration needed = sources.time("memory.worker.attempt-deadline").plus(MARGIN);

        assertThat(project.text("docs/deploy/memory-worker@.service")).contains("TimeoutStopSec=" + needed.toSeconds());
        assertThat(compose.at("/services/memory-worker/stop_grace_period").asText())
                .isEqualTo(needed.toSeconds() + "s");
    }

    @Test
    void twoWorkersHavePortsOfTheirOwn() {
        assertThat(project.text("docs/deploy/memory-worker@.service")).contains("WORKER_HEALTH_PORT=300%i");
        assertThat(project.text("docs/deploy/memory-queue.target"))
                .contains("memory-worker@1.service", "memory-worker@2.service");
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory-api.service", "memory-worker@.service"})
    void unitsAreHardened(String unit) {
        assumeTrue(Command.onPath("systemd-analyze").isPresent(), "SKIPPED: there is no systemd-analyze");
        Path file = project.root().resolve("docs/deploy").resolve(unit);

        Command analysed = Command.run(
                project.root(),
                List.of("systemd-analyze", "security", "--offline=true", "--no-pager", file.toString()));

        String exposure = EXPOSURE.matcher(analysed.output())
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(analysed.output() + analysed.errors()));
        assertThat(Double.parseDouble(exposure)).isLessThan(2.5);
    }

    @Test
    void composeStartsAllAndOpensNothingToTheNetwork() {
        JsonNode services = compose.path("services");

        assertThat(services.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("memory-api", "memory-worker", "postgres", "redis", "redis-browser");
        assertThat(services.findValues("ports").stream()
                        .flatMap(ports -> Manifests.list(ports).stream())
                        .map(JsonNode::asText))
                .contains("127.0.0.1:8080:8080", "127.0.0.1:8081:8081")
                .allMatch(port -> port.startsWith("127.0.0.1:"));
        assertThat(services.at("/memory-worker/deploy/replicas").asInt()).isEqualTo(2);
    }

    @Test
    void composePinsItsImagesAndWaitsForItsStores() {
        JsonNode services = compose.path("services");

        assertThat(services.findValuesAsText("image")).hasSize(5).allMatch(image -> image.matches(".+:[0-9][^:/]*"));
        for (String store : List.of("postgres", "redis")) {
            assertThat(services.path(store).at("/healthcheck/test")).isNotEmpty();
        }
        assertThat(services.findValues("depends_on"))
                .hasSize(3)
                .allSatisfy(needed ->
                        assertThat(needed.findValuesAsText("condition")).containsOnly("service_healthy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory-api", "memory-worker"})
    void composeSetsWhatServicesKnow(String service) {
        assertThat(compose.path("services").path(service).path("environment").properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(name -> !name.equals("<<")))
                .isNotEmpty()
                .allMatch(sources.variables()::contains);
        assertThat(compose.path("x-stores").properties().stream().map(Map.Entry::getKey))
                .allMatch(sources.variables()::contains);
    }

    @Test
    void composesRedisKeepsALogAndForgetsNothing() {
        assertThat(Manifests.list(compose.at("/services/redis/command")).stream()
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(" ")))
                .contains("--appendonly yes", "--appendfsync everysec", "--maxmemory-policy noeviction");
    }
}
