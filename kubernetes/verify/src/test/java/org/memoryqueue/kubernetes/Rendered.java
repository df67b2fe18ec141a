package org.memoryqueue.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.tool.Command;
import org.memoryqueue.kubernetes.tool.Kubectl;
import org.memoryqueue.kubernetes.tool.Project;

/** The overlays, and every combination of components that makes sense, each rendered once. */
final class Rendered {

    static final Project PROJECT = Project.current();
    static final List<String> OVERLAYS = List.of("local", "staging", "production");
    static final List<String> SCALERS = List.of(
            "autoscaling-keda",
            "autoscaling-keda-cluster",
            "autoscaling-keda-sentinel",
            "autoscaling-keda-database",
            "autoscaling-hpa");
    static final List<String> OTHERS =
            List.of("external-secrets", "redis", "postgres", "backup", "monitoring", "gateway", "ingress", "jvm");

    static final List<String> CLUSTER =
            List.of("REDIS_HOSTS=redis-0.redis.memory-queue.svc:6379,redis-1.redis.memory-queue.svc:6379");
    static final List<String> SENTINELS = List.of(
            "REDIS_HOSTS=sentinel-0.sentinel.memory-queue.svc:26379,sentinel-1.sentinel.memory-queue.svc:26379",
            "REDIS_MASTER_NAME=mymaster");

    static final Kubectl KUBECTL = Kubectl.find(PROJECT);
    private static final Supplier<List<Manifests>> ALL_OVERLAYS =
            Once.of(() -> OVERLAYS.stream().map(Rendered::renderOverlay).toList());
    private static final Supplier<List<Manifests>> ALL_VARIANTS =
            Once.of(() -> Variant.ALL.stream().map(Variant::rendered).toList());
    private static final Supplier<List<Manifests>> ALL_COMBINATIONS = Once.of(() -> combinations().parallelStream()
            .map(components -> render(components).orElseThrow())
            .toList());

    private Rendered() {}

    /** What a user applies. */
    static List<Manifests> overlays() {
        return ALL_OVERLAYS.get();
    }

    static Manifests overlay(String name) {
        return overlays().stream()
                .filter(manifests -> manifests.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What a user makes of the production overlay. */
    static List<Manifests> variants() {
        return ALL_VARIANTS.get();
    }

    /** An overlay, a variant of one, or a component beside the base. */
    static Manifests named(String name) {
        return Stream.concat(overlays().stream(), variants().stream())
                .filter(manifests -> manifests.name().equals(name))
                .findFirst()
                .orElseGet(() -> render(List.of(name)).orElseThrow());
    }

    /** The base with components: each scaler alone, with each other one, and with all; and each pair of others. */
    static List<Manifests> allCombinations() {
        return ALL_COMBINATIONS.get();
    }

    static List<List<String>> combinations() {
        List<List<String>> all = new ArrayList<>();
        for (String scaler : SCALERS) {
            all.add(List.of(scaler));
            List<String> everything = new ArrayList<>(List.of(scaler));
            everything.addAll(OTHERS);
            all.add(everything);
            for (String other : OTHERS) {
                all.add(List.of(scaler, other));
            }
        }
        for (int i = 0; i < OTHERS.size(); i++) {
            for (int j = i + 1; j < OTHERS.size(); j++) {
                all.add(List.of(SCALERS.get((i + j) % SCALERS.size()), OTHERS.get(i), OTHERS.get(j)));
            }
        }
        return all;
    }

    /** The base with these components and a Secret; a failure in kustomize's own words. */
    static Attempt render(List<String> components) {
        Path directory = PROJECT.target().resolve("combinations").resolve(String.join("+", components));
        Path kubernetes = directory.toAbsolutePath().relativize(PROJECT.kubernetes());
        // As the comments of the components ask an overlay to.
        String settings = components.contains("autoscaling-keda-cluster")
                ? settings(CLUSTER)
                : components.contains("autoscaling-keda-sentinel") ? settings(SENTINELS) : "";
        // The Secret comes with the base, or from external-secrets.
        String secret = components.contains("external-secrets") ? "" : """
                secretGenerator:
                  - name: memory-queue-secrets
                    literals:
                      - DATABASE_URL=postgresql://memory:word@postgres:5432/memory
                      - POSTGRES_PASSWORD=word
                      - REDIS_PASSWORD=word
                    options:
                      labels:
                        app.kubernetes.io/name: memory-queue
                        app.kubernetes.io/component: secrets
                """;
        String kustomization = """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: memory-queue
                resources:
                  - %s/base
                components:
                %s
                """.formatted(
                                kubernetes,
                                Stream.concat(components.stream(), Stream.of("release"))
                                        .map(component -> "  - " + kubernetes + "/components/" + component)
                                        .collect(Collectors.joining("\n")))
                + settings
                + secret;
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("kustomization.yaml"), kustomization);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Attempt(String.join(" + ", components), KUBECTL.run(directory));
    }

    private static String settings(List<String> literals) {
        return """
                configMapGenerator:
                  - name: memory-queue-config
                    behavior: merge
                    literals:
                """
                + literals.stream().map(literal -> "      - " + literal + "\n").collect(Collectors.joining());
    }

    /**
     * What came of rendering.
     *
     * @param name what was rendered
     * @param command how it ended
     */
    record Attempt(String name, Command command) {

        Manifests orElseThrow() {
            try {
                return Manifests.parse(name, command.successful());
            } catch (IllegalStateException e) {
                throw new IllegalStateException(name, e);
            }
        }
    }

    private static Manifests renderOverlay(String name) {
        return KUBECTL.render(PROJECT.overlay(name), name);
    }
}
