package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be told of images without making one: whether all is there that they are made of. */
class ImagesIT {

    private static final Path PROJECT =
            Path.of(System.getProperty("memory.project", "..")).toAbsolutePath().normalize();
    private static final Pattern COPY = Pattern.compile("(?m)^COPY +((?:--\\S+ +)*)(.*) \\S+$");
    private static final Pattern STAGE = Pattern.compile("--from=(\\w+)");
    private static final Pattern BUILT = Pattern.compile("SERVICE/target/\\S+");
    private static final Pattern MODULE = Pattern.compile("<module>(.*)</module>");

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.native", "Dockerfile.native-prebuilt", "Dockerfile.jvm"})
    void findsWhatItCopies(String name) throws Exception {
        BuildContext context = BuildContext.of(file(name));
        String instructions = instructions(name);
        List<MatchResult> copies = COPY.matcher(instructions).results().toList();

        assertThat(copies).isNotEmpty();
        for (MatchResult copy : copies) {
            Matcher stage = STAGE.matcher(copy.group(1));
            if (stage.find()) {
                assertThat(instructions).contains(" AS " + stage.group(1) + "\n");
            } else {
                assertThat(built(copy.group(2)))
                        .as(copy.group())
                        .isNotEmpty()
                        .allSatisfy(path -> assertThat(context.includes(path)).isTrue());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.native", "Dockerfile.jvm"})
    void takesWhatMavenMakesWhereMavenMakesIt(String name) throws Exception {
        List<MatchResult> taken = BUILT.matcher(instructions(name)).results().toList();

        assertThat(taken).isNotEmpty();
        for (MatchResult path : taken) {
            assertThat(built(path.group())).as(path.group()).hasSize(2);
        }
    }

    /** What a step leaves in a cache may be another commit's, or gone, when the next one looks. */
    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.native", "Dockerfile.jvm"})
    void handsModulesOnWithinOneStep(String name) throws Exception {
        List<String> builds = instructions(name)
                .lines()
                .filter(line -> line.startsWith("RUN ") && line.contains("./mvnw "))
                .toList();

        assertThat(builds)
                .singleElement(InstanceOfAssertFactories.STRING)
                .containsSubsequence(" -am install ", " package ");
    }

    /** Maven does not even begin when a module is missing, be it one that is not built. */
    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.native", "Dockerfile.jvm"})
    void buildsFromEveryModuleAndFromNoEarlierBuild(String name) throws Exception {
        BuildContext context = BuildContext.of(file(name));
        List<String> modules = MODULE.matcher(Files.readString(PROJECT.resolve("pom.xml")))
                .results()
                .map(module -> module.group(1))
                .toList();

        assertThat(modules).contains("memory-api", "memory-worker");
        for (String module : modules) {
            assertThat(context.includes(Path.of(module, "pom.xml"))).as(module).isTrue();
            assertThat(context.includes(Path.of(module, "target", "classes")))
                    .as(module)
                    .isFalse();
        }
    }

    @Test
    void givesNothingButExecutablesAwayWhereTheyAreBuiltOutside() throws Exception {
        BuildContext context = BuildContext.of(file("Dockerfile.native-prebuilt"));

        for (String path : List.of("pom.xml", "memory-api/target/sbom.json", "memory-api/src", ".git/config")) {
            assertThat(context.includes(Path.of(path))).as(path).isFalse();
        }
        assertThat(context.includes(Path.of("arm64/memory-api/target/memory-api-1.0-runner")))
                .isTrue();
    }

    private static Path file(String name) {
        return PROJECT.resolve("src-native").resolve(name);
    }

    /** Each on one line, of one platform, with SERVICE where the service stands. */
    private static String instructions(String name) throws IOException {
        return Files.readString(file(name))
                .replaceAll("(?m)^#.*\n", "")
                .replaceAll("\\\\\n *", "")
                .replaceAll("\\$\\{BY_PLATFORM.*?}/}", "")
                .replaceAll("\"?\\$\\{?SERVICE}?\"?", "SERVICE");
    }

    /** What a pattern finds of both services, as paths from the project. */
    private static List<Path> built(String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String service : pattern.contains("SERVICE") ? List.of("memory-api", "memory-worker") : List.of("")) {
            found.addAll(find(pattern.replace("SERVICE", service)));
        }
        return found;
    }

    private static List<Path> find(String pattern) throws IOException {
        if (pattern.endsWith("-runner") && Form.current() != Form.NATIVE) {
            // An executable has the name of the jar.
            return find(pattern.replaceFirst("-runner$", ".jar")).stream()
                    .filter(jar -> !jar.toString().endsWith("-tests.jar"))
                    .map(jar -> Path.of(jar.toString().replaceFirst("\\.jar$", "-runner")))
                    .toList();
        }
        Path path = PROJECT.resolve(pattern).normalize();
        try (DirectoryStream<Path> matching =
                Files.newDirectoryStream(path.getParent(), path.getFileName().toString())) {
            List<Path> found = new ArrayList<>();
            matching.forEach(each -> found.add(PROJECT.relativize(each)));
            return found;
        }
    }
}
