package org.memoryqueue.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointsTest {
    @TempDir
    Path directory;

    private final Endpoints endpoints = new Endpoints(
            "http://127.0.0.1:8080",
            List.of(new Endpoints.Worker("http://127.0.0.1:3001", 14)),
            "postgresql://memory:memory@127.0.0.1:15432/memory",
            "redis://127.0.0.1:16379",
            new Endpoints.Pids(10, 11, 12L, 13L, List.of(14L)));

    @Test
    void hasTheNamesThatScriptsReadItBy() throws Exception {
        Path file = directory.resolve("endpoints.json");
        endpoints.write(file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        JsonNode expected = new ObjectMapper().readTree("""
                {"api": "http://127.0.0.1:8080", "workers": [{"url": "http://127.0.0.1:3001", "pid": 14}],
                 "postgres": "postgresql://memory:memory@127.0.0.1:15432/memory", "redis": "redis://127.0.0.1:16379",
                 "pids": {"launcher": 10, "api": 11, "redis": 12, "postgres": 13, "worker": [14]}}""");
        assertThat(json).isEqualTo(expected);
    }

    @Test
    void isReplacedWithoutATraceAndReadableForItsOwnerOnly() throws Exception {
        Path file = directory.resolve("endpoints.json");
        endpoints.write(file);
        endpoints.write(file);
        assertThat(Endpoints.read(file)).contains(endpoints);
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void isAbsentWhenNothingRuns() throws Exception {
        assertThat(Endpoints.read(directory.resolve("endpoints.json"))).isEmpty();
    }
}
