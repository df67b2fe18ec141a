package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the workflows of GitHub may do, and whom they trust. */
class WorkflowsTest {

    private static final Path PROJECT = Path.of("..");
    private static final Pattern SCRIPT = Pattern.compile("(?:^|[ \\n])((?:\\./|\\.ci/|src-native/)[\\w.-]+)");

    static Stream<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(PROJECT.resolve(".github/workflows"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void pinsEveryActionByItsCommit(Path workflow) throws Exception {
        assertThat(lines(workflow, "uses:"))
                .isNotEmpty()
                .allMatch(line -> line.matches("(- )?uses: [\\w-]+/[\\w-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void mayOnlyReadUnlessAJobAsksForMore(Path workflow) throws Exception {
        assertThat(Files.readString(workflow)).contains("\npermissions:\n  contents: read\n\n");
        assertThat(lines(workflow, "permissions:", ": write"))
                .doesNotContain("contents: write", "permissions: write-all");
        assertThat(lines(workflow, "persist-credentials:"))
                .hasSameSizeAs(lines(workflow, "actions/checkout@"))
                .containsOnly("persist-credentials: false");
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void endsEveryJobInTime(Path workflow) throws Exception {
        assertThat(lines(workflow, "timeout-minutes:")).hasSameSizeAs(lines(workflow, "runs-on:"));
    }

    /** Named, and so with {@code pipefail}; the default has none. */
    @ParameterizedTest
    @MethodSource("workflows")
    void seesWhatFailsWithinAPipe(Path workflow) throws Exception {
        assertThat(Files.readString(workflow)).contains("\ndefaults:\n  run:\n    shell: bash\n\n");
        assertThat(lines(workflow, "shell:")).containsExactly("shell: bash");
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void runsScriptsThatAreThere(Path workflow) throws Exception {
        List<Path> scripts = lines(workflow, "./mvnw", ".ci/", "src-native/").stream()
                .flatMap(line -> SCRIPT.matcher(line).results())
                .map(script -> PROJECT.resolve(script.group(1)))
                .toList();

        assertThat(scripts).isNotEmpty().allMatch(script -> Files.exists(script));
    }

    private static List<String> lines(Path workflow, String... holding) throws IOException {
        return Files.readAllLines(workflow).stream()
                .map(String::strip)
                .filter(line -> Stream.of(holding).anyMatch(line::contains))
                .toList();
    }
}
