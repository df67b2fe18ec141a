package org.memoryqueue.local.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRedisTest {
    @TempDir
    Path directory;

    @Test
    void saysWhichServerRuns() throws Exception {
        try (LocalRedis redis = LocalRedis.start();
                LocalRedis bundled = LocalRedis.startBundled(RedisOptions.temporary())) {
            assertThat(redis.version()).matches("\\d+\\.\\d+\\.\\d+");
            assertThat(redis.binary()).isExecutable();
            assertThat(bundled.version()).startsWith("6.2.");
            assertThat(send(redis, "INFO server")).contains("redis_version:" + redis.version());
            assertThat(redis.uri()).isEqualTo("redis://127.0.0.1:" + redis.port());
        }
    }

    @Test
    void keepsItsDataThroughARestart() throws Exception {
        try (LocalRedis redis = LocalRedis.start(RedisOptions.keptIn(directory.resolve("data")))) {
            send(redis, "SET word kept");
            long pid = redis.pid();
            redis.restart();
            assertThat(redis.pid()).isNotEqualTo(pid);
            assertThat(send(redis, "GET word")).contains("kept");
        }
    }

    @Test
    void isEmptyAndOnTheSamePortAfterAKillWithoutPersistence() throws Exception {
        try (LocalRedis redis = LocalRedis.start()) {
            send(redis, "SET word kept");
            int port = redis.port();
            redis.kill();
            assertThat(ProcessHandle.of(redis.pid())).isEmpty();
            redis.restart();
            assertThat(redis.port()).isEqualTo(port);
            assertThat(send(redis, "DBSIZE")).contains(":0");
        }
    }

    @Test
    void takesFurtherArguments() throws Exception {
        RedisOptions options = RedisOptions.temporary().withArguments("--maxmemory", "7mb");
        try (LocalRedis redis = LocalRedis.start(options)) {
            assertThat(send(redis, "CONFIG GET maxmemory")).contains("7340032");
        }
    }

    @Test
    void saysWhyItDoesNotStart() throws IOException {
        RedisOptions options = RedisOptions.temporary().withArguments("--no-such-directive", "1");
        assertThatThrownBy(() -> LocalRedis.start(options))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-directive");
    }

    /** Sends one inline command, and returns what came back before the connection was closed. */
    private static String send(LocalRedis redis, String command) throws IOException {
        try (Socket socket = new Socket(redis.host(), redis.port())) {
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
