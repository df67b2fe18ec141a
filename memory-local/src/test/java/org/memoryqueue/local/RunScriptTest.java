package org.memoryqueue.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code run}, in a project whose sources and builds are empty files, and whose Maven only fails. */
class RunScriptTest {

    private static final FileTime WRITTEN = FileTime.fromMillis(1_000_000);
    private static final FileTime BUILT = FileTime.fromMillis(2_000_000);
    private static final FileTime EDITED = FileTime.fromMillis(3_000_000);

    @TempDir
    private Path project;

    @BeforeEach
    void writeAndBuild() throws IOException {
        for (String script : List.of("run", ".mvn/jdk.sh")) {
            Files.createDirectories(project.resolve(script).getParent());
            Files.copy(Path.of("..", script), project.resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
        }
        executable(file("mvnw", "#!/bin/sh\nexit 1\n"));
        file("pom.xml", "");
        for (String module : List.of("memory-api", "memory-core", "memory-local", "memory-worker")) {
            file(module + "/pom.xml", "");
            file(module + "/src/main/Source.java", "");
        }
        try (Stream<Path> all = Files.walk(project)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                Files.setLastModifiedTime(each, WRITTEN);
            }
        }
        for (String service : List.of("memory-api", "memory-worker")) {
            built(service + "/target/quarkus-app/quarkus-run.jar");
            executable(built(service + "/target/" + service + "-1.0-runner"));
        }
        built("memory-local/target/memory-local.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory-api", "memory-core", "memory-worker"})
    void startsNoExecutableThatIsOlderThanItsSources(String module) throws Exception {
        edit(module + "/src/main/Source.java");

        assertThat(run("--native")).containsPattern("The executable of .* is older than .*" + module);
    }

    @Test
    void leavesExecutablesAloneWhenOnlyTheLauncherHasChanged() throws Exception {
        edit("memory-local/src/main/Source.java");

        assertThat(run("--native")).doesNotContain("executable").contains("building with");
    }

    private void edit(String source) throws IOException {
        Files.setLastModifiedTime(project.resolve(source), EDITED);
    }

    private String run(String option) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(project.resolve("run").toString(), option).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        return said;
    }

    private Path built(String name) throws IOException {
        Path file = file(name, "");
        Files.setLastModifiedTime(file, BUILT);
        return file;
    }

    private Path file(String name, String content) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static void executable(Path file) {
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
