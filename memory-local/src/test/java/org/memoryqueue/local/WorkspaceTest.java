package org.memoryqueue.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    @TempDir
    private Path project;

    @Test
    void findsTheNewestExecutable() throws Exception {
        Path old = executable("memory-api-0.1.0-runner");
        Path newest = executable("memory-api-0.2.0-runner");
        executable("memory-api-0.3.0.jar");
        Files.setLastModifiedTime(old, FileTime.fromMillis(1_000));
        Files.setLastModifiedTime(newest, FileTime.fromMillis(2_000));

        Form form = new Workspace(project).form("memory-api", true);

        assertThat(form).isEqualTo(new Form.Executable(newest));
        assertThat(form.command()).startsWith(newest.toString()).contains("-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void saysHowToBuildAnExecutableThatIsNotThere() throws Exception {
        assertThatThrownBy(() -> new Workspace(project).form("memory-worker", true))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("memory-worker")
                .hasMessageContaining("-Pnative");
    }

    private Path executable(String name) throws IOException {
        Path file = project.resolve("memory-api/target").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
