package org.memoryqueue.local.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.local.redis.LocalRedis;
import org.memoryqueue.local.redis.RedisConnection;
import org.memoryqueue.local.redis.RedisOptions;

class ImportBullTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<Duration> pauses = new ArrayList<>();
    private LocalRedis redis;
    private RedisConnection connection;
    private ApiStandIn api;

    @BeforeEach
    void start() throws IOException {
        redis = LocalRedis.start(RedisOptions.temporary().withArguments("--requirepass", "sesam"));
        connection = RedisConnection.open(redis.host(), redis.port(), Duration.ofSeconds(5));
        connection.ask("AUTH", "sesam");
        api = new ApiStandIn();
        Files.writeString(directory.resolve("token"), "abc\n");
    }

    @AfterEach
    void stop() throws IOException {
        api.close();
        connection.close();
        redis.close();
    }

    @Test
    void handsInWhatHasNotCompletedInTheOrderInWhichItWasQueued() throws IOException {
        queued("wait", 2, 1);
        queued("active", 3);
        queued("paused", 4);
        scheduled("delayed", 5);
        scheduled("failed", 6);
        scheduled("completed", 7);

        assertThat(run()).isZero();

        assertThat(api.keys())
                .containsExactly("bull-memory-5", "bull-memory-4", "bull-memory-1", "bull-memory-2", "bull-memory-3");
        assertThat(api.tokens()).containsOnly("Bearer abc");
        assertThat(printed())
                .contains("failed 1, delayed 1, paused 1, wait 2, active 1 (failed ones are left)")
                .contains("handed in 5, known already 0, refused 0, gone meanwhile 0");
    }

    @Test
    void handsInFailedJobsWhenAskedTo() throws IOException {
        scheduled("failed", 6);
        assertThat(run("--include-failed")).isZero();
        assertThat(api.keys()).containsExactly("bull-memory-6");
    }

    @Test
    void handsInTheSessionAsItWasQueued() throws IOException {
        queued("wait", 1);
        run();
        assertThat(api.bodies()).containsExactly(JSON.readTree("""
                {"studentId": "ada", "chatbotId": "tutor", "roomId": "class-7",
                 "messages": [{"role": "user", "content": "½ of job 1 🤔?"}, {"role": "assistant", "content": "Well"}],
                 "sessionStartTime": "2026-05-04T10:00:00.000Z"}
                """));
    }

    @Test
    void takesTheMomentOfQueueingForAStartThatIsNotTold() throws IOException {
        job("1", "{\"studentId\": \"ada\", \"messages\": []}");
        job("2", "{\"studentId\": \"ada\", \"messages\": [], \"sessionStartTime\": 1777888800000}");
        connection.ask("LPUSH", "bull:memory:wait", "1", "2");

        run();

        assertThat(api.bodies())
                .extracting(body -> body.path("sessionStartTime").asText())
                .containsExactly("2026-05-04T10:10:00Z", "2026-05-04T10:00:00Z");
        assertThat(printed()).contains("1 without sessionStartTime");
    }

    @Test
    void waitsAsLongAsItIsAskedTo() throws IOException {
        queued("wait", 1);
        api.answers("429 7", "503", "202");
        assertThat(run()).isZero();
        assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(5));
        assertThat(api.keys()).hasSize(3).containsOnly("bull-memory-1");
        assertThat(printed()).contains("handed in 1,");
    }

    @Test
    void goesOnAfterAJobThatIsRefusedOrIsNoSessionAndNamesIt() throws IOException {
        queued("wait", 1, 2, 3);
        job("4", "\"odd\"");
        job("5", "{broken");
        connection.ask("LPUSH", "bull:memory:wait", "4", "5", "gone");
        api.answers("400", "200", "413");

        assertThat(run()).isEqualTo(1);

        assertThat(printed())
                .contains("handed in 0, known already 1, refused 4, gone meanwhile 1")
                .contains("job 3 (400)", "job 1 (413)", "job 4 (is no session)", "job 5 (is no session)");
    }

    @Test
    void givesUpWhenTheTokenIsNotTaken() throws IOException {
        queued("wait", 1, 2);
        api.answers("401");
        assertThat(run()).isEqualTo(1);
        assertThat(api.keys()).hasSize(1);
        assertThat(printed()).contains("handed in 0");
    }

    @Test
    void changesNothingInTheOldRedisAndPrintsNoWords() throws IOException {
        queued("wait", 1, 2);
        queued("active", 3);
        scheduled("delayed", 4);
        scheduled("failed", 5);
        String before = contents();
        run("--include-failed");
        assertThat(contents()).isEqualTo(before);
        assertThat(printed()).doesNotContain("½", "Well", "ada");
    }

    @Test
    void handsNothingInWhenItIsDry() throws IOException {
        queued("wait", 1, 2);
        assertThat(run("--dry-run")).isZero();
        assertThat(api.keys()).isEmpty();
        assertThat(printed()).contains("to be handed in 2,");
    }

    @Test
    void encodesWhatAHeaderMustNotHold() throws IOException {
        job("ä 1\n", data("odd"));
        connection.ask("LPUSH", "bull:memory:wait", "ä 1\n");
        assertThat(run()).isZero();
        assertThat(api.keys()).containsExactly("bull-memory-%C3%A4+1%0A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--redis=a:1 --queue q --api http://x",
                "--redis a --queue q --api http://x --token-file t",
                "--redis a:1 --queue q --api x --token-file t",
                "--redis a:1 --queue q --api http://x --token-file",
                "--redis a:1 --queue q --api http://x --token-file t --what"
            })
    void refusesOptionsThatItDoesNotUnderstand(String arguments) {
        List<String> words = arguments.isEmpty() ? List.of() : List.of(arguments.split(" "));
        assertThatThrownBy(() -> ImportBullOptions.parse(words)).isInstanceOf(IllegalArgumentException.class);
    }

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--redis=" + redis.host() + ":" + redis.port(),
                "--password-env",
                "OLD_PASSWORD",
                "--queue",
                "memory",
                "--api",
                api.root(),
                "--token-file",
                directory.resolve("token").toString()));
        arguments.addAll(List.of(more));
        return ImportBullCommand.run(
                arguments,
                Map.of("OLD_PASSWORD", "sesam"),
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                pauses::add);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Jobs in a list, as Bull keeps those that wait or are worked on: the newest on the left. */
    private void queued(String list, int... ids) throws IOException {
        for (int id : ids) {
            job(String.valueOf(id), data("job " + id));
            connection.ask("RPUSH", "bull:memory:" + list, String.valueOf(id));
        }
    }

    /** A job in a sorted set, as Bull keeps those that are due later, or have ended. */
    private void scheduled(String set, int id) throws IOException {
        job(String.valueOf(id), data("job " + id));
        connection.ask("ZADD", "bull:memory:" + set, "1777889400000", String.valueOf(id));
    }

    private void job(String id, String data) throws IOException {
        connection.ask(
                "HSET",
                "bull:memory:" + id,
                "name",
                "__default__",
                "data",
                data,
                "opts",
                "{\"attempts\":3}",
                "timestamp",
                "1777889400000",
                "delay",
                "0",
                "priority",
                "0",
                "attemptsMade",
                "0");
    }

    private static String data(String subject) {
        return """
                {"studentId": "ada", "chatbotId": "tutor", "roomId": "class-7", "requestedBy": "x",
                 "messages": [{"id": "m1", "role": "user", "content": "½ of %s 🤔?"},
                              {"role": "assistant", "content": "Well"}],
                 "sessionStartTime": "2026-05-04T10:00:00.000Z"}
                """.formatted(subject);
    }

    private String contents() throws IOException {
        StringBuilder contents = new StringBuilder();
        for (String key : connection.ask("KEYS", "*").stream().sorted().toList()) {
            String read = switch (connection.ask("TYPE", key).getFirst()) {
                case "hash" -> "HGETALL " + key;
                case "list" -> "LRANGE " + key + " 0 -1";
                default -> "ZRANGE " + key + " 0 -1 WITHSCORES";
            };
            contents.append(key).append(connection.ask(read.split(" "))).append('\n');
        }
        return contents.toString();
    }
}
