package org.memoryqueue.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollingFileTest {
    @TempDir
    Path directory;

    @Test
    void keepsTheLogOfTheRunBefore() throws Exception {
        Path log = directory.resolve("logs/api.log");
        RollingFile.open(log, 1).append("first");
        RollingFile.open(log, 1).append("second");
        assertThat(log).hasContent("second");
        assertThat(log.resolveSibling("api.log.1")).hasContent("first");
    }

    @Test
    void neverTakesMuchMoreThanTwiceItsLimit() throws Exception {
        Path log = directory.resolve("api.log");
        RollingFile file = RollingFile.open(log, 1);
        String line = "x".repeat(9_999);
        for (int i = 0; i < 350; i++) {
            file.append(line);
        }
        assertThat(Files.size(log)).isLessThan(1_020_000);
        assertThat(Files.size(log.resolveSibling("api.log.1"))).isBetween(1_000_000L, 1_020_000L);
    }
}
