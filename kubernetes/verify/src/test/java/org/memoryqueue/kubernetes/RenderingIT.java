package org.memoryqueue.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.manifest.Workload;
import org.memoryqueue.kubernetes.tool.Kubectl;

class RenderingIT {

    @Test
    void everyOverlayRenders() {
        assertThat(Rendered.overlays())
                .allSatisfy(manifests -> assertThat(manifests.objects()).hasSizeGreaterThan(20));
    }

    @Test
    void everyCombinationOfComponentsRenders() {
        assertThat(Rendered.allCombinations()).hasSizeGreaterThan(70);
    }

    @Test
    void everyComponentIsInSomeCombination() throws IOException {
        try (Stream<Path> components = Files.list(Rendered.PROJECT.kubernetes().resolve("components"))) {
            assertThat(components.map(component -> component.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.of(Rendered.SCALERS, Rendered.OTHERS, List.of("release", "worker-sizing"))
                                    .flatMap(List::stream)
                                    .toList());
        }
    }

    static Stream<List<String>> twoScalers() {
        return Rendered.SCALERS.stream()
                .flatMap(first -> Rendered.SCALERS.stream()
                        .filter(second -> first.compareTo(second) < 0)
                        .map(second -> List.of(first, second)));
    }

    @ParameterizedTest
    @MethodSource("twoScalers")
    void twoScalersOfTheWorkersExcludeEachOther(List<String> two) {
        Rendered.Attempt attempt = Rendered.render(two);

        assertThat(attempt.command().exitCode()).isNotZero();
        assertThat(attempt.command().errors()).contains("already registered id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"autoscaling-keda-cluster", "autoscaling-keda-sentinel"})
    void anOverlayNamesTheRedisOfTheServicesAndOfKeda(String scaler) {
        Manifests manifests = Rendered.named("production with " + scaler);
        JsonNode settings = manifests.get("ConfigMap", "memory-queue-config").path("data");

        assertThat(settings.path("REDIS_HOSTS").asText()).contains("1.example.org:", "2.example.org:");
        assertThat(manifests.get("ScaledObject", "memory-worker").at("/spec/triggers"))
                .hasSize(3)
                .allSatisfy(trigger -> {
                    assertThat(trigger.at("/metadata/addresses")).isEqualTo(settings.path("REDIS_HOSTS"));
                    assertThat(trigger.at("/metadata/sentinelMaster").asText())
                            .isEqualTo(settings.path("REDIS_MASTER_NAME").asText());
                    assertThat(trigger.at("/metadata/enableTLS").asText()).isEqualTo("true");
                    assertThat(trigger.path("metadata").has("address")).isFalse();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"autoscaling-keda-cluster", "autoscaling-keda-sentinel"})
    void severalRedisesWithoutAddressesDoNotRender(String scaler) {
        Rendered.Attempt attempt = Variant.scaledBy(scaler, List.of()).attempt();

        assertThat(attempt.command().exitCode()).isNotZero();
        assertThat(attempt.command().errors()).contains("REDIS_HOSTS");
    }

    @Test
    void oneFileTurnsTagsIntoDigests() throws IOException {
        Path directory = Files.createDirectories(Rendered.PROJECT.target().resolve("digests/components/release"));
        String digest = "sha256:" + "0123456789abcdef".repeat(4);
        String release = Rendered.PROJECT.text("kubernetes/components/release/kustomization.yaml");
        Files.writeString(
                directory.resolve("kustomization.yaml"), release.replaceAll("newTag: .*", "digest: " + digest));
        Path overlay = Files.createDirectories(Rendered.PROJECT.target().resolve("digests/overlay"));
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                resources: [../../../../overlays/staging]
                components: [../components/release]
                """);

        Manifests manifests = Kubectl.find(Rendered.PROJECT).render(overlay, "digests");

        assertThat(images(manifests)).hasSizeGreaterThan(5).isNotEmpty();
        assertThat(release).contains("newTag");
        assertThat(Rendered.overlays())
                .allSatisfy(overlays -> assertThat(images(overlays))
                        .allSatisfy(image -> assertThat(release).contains(tag(image))));
    }

    private static List<String> images(Manifests manifests) {
        return manifests.workloads().stream()
                .map(Workload::containers)
                .flatMap(List::stream)
                .map(container -> container.path("image"))
                .map(JsonNode::asText)
                .toList();
    }

    private static String tag(String image) {
        return image.substring(image.lastIndexOf(':') + 1);
    }
}
