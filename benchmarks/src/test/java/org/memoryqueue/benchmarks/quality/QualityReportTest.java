package org.memoryqueue.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityReportTest {

    @Test
    void failsWithoutDialoguesAndSaysHowToNameThem(@TempDir Path folder) {
        String missing = folder.resolve("none.jsonl").toString();

        assertThatThrownBy(() -> QualityReport.main(new String[] {missing, folder.toString()}))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(missing)
                .hasMessageContaining("-Ddialogues");
    }

    @Test
    void failsOnAMissedAim() {
        Table table = new Table(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));

        assertThat(table.aim("≤ 1", true)).isEqualTo("≤ 1, met");
        assertThat(table.hasFailed()).isFalse();
        assertThat(table.aim("≤ 1", false)).isEqualTo("≤ 1, MISSED");
        assertThat(table.hasFailed()).isTrue();
    }
}
