package org.memoryqueue.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.memoryqueue.kubernetes.manifest.Manifests;

/**
 * The production overlay as its users change it, by the steps that the README gives.
 *
 * @param name what it is called
 * @param scaler the component instead of {@code autoscaling-keda}
 * @param more components beside those that are there
 * @param settings literals of {@code memory-queue-config} beside those that are there
 */
record Variant(String name, String scaler, List<String> more, List<String> settings) {

    private static final List<String> NODES = List.of("REDIS_HOSTS=r1.example.org:6379,r2.example.org:6379");
    private static final List<String> SENTINELS =
            List.of("REDIS_HOSTS=s1.example.org:26379,s2.example.org:26379", "REDIS_MASTER_NAME=memory");

    static final List<Variant> ALL = List.of(
            new Variant("production + backup", "autoscaling-keda", List.of("backup"), List.of()),
            scaledBy("autoscaling-keda-cluster", NODES),
            scaledBy("autoscaling-keda-sentinel", SENTINELS),
            scaledBy("autoscaling-keda-database", List.of()),
            scaledBy("autoscaling-hpa", List.of()));

    static Variant scaledBy(String scaler, List<String> settings) {
        return new Variant("production with " + scaler, scaler, List.of(), settings);
    }

    Manifests rendered() {
        return attempt().orElseThrow();
    }

    /** Writes it beside the build's other files, and tries to render it. */
    Rendered.Attempt attempt() {
        Path directory = Rendered.PROJECT
                .target()
                .resolve("variants")
                .resolve(name.replace(' ', '-') + settings.size())
                .toAbsolutePath();
        Path overlay = Rendered.PROJECT.overlay("production");
        String components = directory.relativize(Rendered.PROJECT.kubernetes().toAbsolutePath()) + "/components/";
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    directory.resolve("network-policies.yaml"),
                    Files.readString(overlay.resolve("network-policies.yaml")));
            Files.writeString(
                    directory.resolve("kustomization.yaml"),
                    Files.readString(overlay.resolve("kustomization.yaml"))
                            .replace("components/autoscaling-keda\n", "components/" + scaler + "\n")
                            .replace(
                                    "  - ../../components/release\n",
                                    lines("  - ../../components/", more) + "  - ../../components/release\n")
                            .replace("    literals:\n", "    literals:\n" + lines("      - ", settings))
                            .replace("../../components/", components)
                            .replace("../../base", components.replace("components/", "base")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Rendered.Attempt(name, Rendered.KUBECTL.run(directory));
    }

    private static String lines(String before, List<String> values) {
        return values.stream().map(value -> before + value + "\n").collect(Collectors.joining());
    }
}
