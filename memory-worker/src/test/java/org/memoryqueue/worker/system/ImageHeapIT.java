package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an executable would hold from the moment and the machine of its build. */
class ImageHeapIT {

    private static final Path PROJECT = Path.of(System.getProperty("memory.project", ".."));

    @ParameterizedTest
    @ValueSource(strings = {"memory-api", "memory-worker"})
    void holdsNothingOfTheMomentOfTheBuild(String service) throws Exception {
        List<String> heap = heap(service);

        assertThat(heap).as("the application was initialised").anyMatch(type -> type.startsWith("io.quarkus.arc."));
        assertThat(heap)
                .noneMatch(
                        type -> type.matches("java\\.util\\.(Random|SplittableRandom)|java\\.security\\.SecureRandom"))
                .noneMatch(type -> type.matches("(java\\.net|sun\\.nio\\.ch)\\..*Socket.*|.*EventLoop|.*\\.VertxImpl"));
        Set<String> generated = classes(application(service).resolve("quarkus/generated-bytecode.jar"));
        assertThat(heap.stream()
                        .filter(type -> type.startsWith("org.memoryqueue."))
                        .filter(type -> !generated.contains(type) && !isRule(type)))
                .as("our own objects, which are to be made when a service starts")
                .isEmpty();
    }

    /** What a body has to keep to: annotations as proxies, and validators, which hold nothing. */
    private static boolean isRule(String type) {
        return type.matches(".*(\\$Proxy\\d+|\\$\\$Lambda.*|\\.handin\\.[A-Za-z]+\\$(Validator|Of[A-Z][a-z]+))");
    }

    private static Path application(String service) {
        return PROJECT.resolve(service).resolve("target/quarkus-app");
    }

    private static Set<String> classes(Path jar) throws IOException {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName().replaceFirst("\\.class$", "").replace('/', '.'))
                    .collect(Collectors.toSet());
        }
    }

    private static List<String> heap(String service) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        classPath(application(service)),
                        ImageHeap.class.getName())
                .redirectErrorStream(true)
                .start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as("%s", lines).isZero();
        return lines;
    }

    /** What Quarkus has made of the classes comes first. */
    private static String classPath(Path application) throws IOException {
        List<Path> path = new ArrayList<>();
        for (String part : List.of("quarkus", "app", "lib/boot", "lib/main")) {
            try (Stream<Path> jars = Files.list(application.resolve(part))) {
                jars.filter(jar -> jar.toString().endsWith(".jar"))
                        .sorted(Comparator.comparing(jar -> !jar.endsWith("transformed-bytecode.jar")))
                        .forEach(path::add);
            }
        }
        path.add(Path.of("target", "test-classes"));
        return path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
