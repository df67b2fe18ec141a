package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormTest {

    @TempDir
    private Path target;

    /** Of three, so that no order in which a directory lists them gives the newest by chance, at either end. */
    @Test
    void startsTheNewestExecutable() throws IOException {
        executable("memory-worker-1.0-runner", 1_000);
        executable("memory-worker-2.0-runner", 3_000);
        executable("memory-worker-3.0-runner", 2_000);
        Files.createDirectories(target.resolve("memory-worker-4.0-runner"));

        assertThat(Form.NATIVE.find(target)).hasValue(target.resolve("memory-worker-2.0-runner"));
        executable("memory-worker-1.0-runner", 4_000);
        assertThat(Form.NATIVE.find(target)).hasValue(target.resolve("memory-worker-1.0-runner"));
        executable("memory-worker-3.0-runner", 5_000);
        assertThat(Form.NATIVE.find(target)).hasValue(target.resolve("memory-worker-3.0-runner"));
    }

    @Test
    void endsWhatHasUsedItsHeapUp() throws IOException {
        executable("memory-worker-1.0-runner", 1_000);

        assertThat(Form.NATIVE.command(target, List.of(), List.of())).contains("-XX:+ExitOnOutOfMemoryError");
    }

    private void executable(String name, long modified) throws IOException {
        Path file = Files.writeString(target.resolve(name), "");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
    }
}
