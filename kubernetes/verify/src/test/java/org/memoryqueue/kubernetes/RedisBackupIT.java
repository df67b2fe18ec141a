package org.memoryqueue.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memoryqueue.kubernetes.tool.Command;

/** How the script of the copy of Redis calls redis-cli: in its place is a program that writes its arguments into the copy. */
class RedisBackupIT {

    private static final String PROGRAM = """
            #!/bin/sh
            all="$*"
            while [ $# -gt 1 ]; do shift; done
            echo "$all" > "$1"
            """;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void speaksAsTheServicesDo() throws IOException {
        backup(Map.of()).successful();
        assertThat(copy()).startsWith("-h redis.memory-queue.svc -p 6379 --rdb ");

        backup(Map.of("REDIS_TLS", "true")).successful();
        assertThat(copy()).startsWith("-h redis.memory-queue.svc -p 6379 --tls --rdb ");
    }

    @Test
    void refusesWhatIsNotOneRedis() throws IOException {
        Command refused = backup(Map.of("REDIS_MODE", "sentinel"));

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.errors()).contains("sentinel");
        assertThat(directory.resolve("redis.rdb")).doesNotExist();
    }

    /** Runs it with the settings of the manifests, and others. */
    private Command backup(Map<String, String> others) throws IOException {
        Path program = Files.writeString(directory.resolve("redis-cli"), PROGRAM);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                directory.resolve("backup-redis.sh"),
                Rendered.overlay("staging")
                        .get("ConfigMap", "backup-scripts")
                        .at("/data/backup-redis.sh")
                        .asText());
        Map<String, String> variables = new HashMap<>();
        Rendered.overlay("staging")
                .get("ConfigMap", "memory-queue-config")
                .path("data")
                .properties()
                .forEach(setting ->
                        variables.put(setting.getKey(), setting.getValue().asText()));
        variables.put("PATH", directory + ":" + System.getenv("PATH"));
        variables.put("BACKUP_DIRECTORY", directory.toString());
        variables.putAll(others);
        return Command.run(directory, List.of("sh", "backup-redis.sh"), variables);
    }

    private String copy() throws IOException {
        return Files.readString(directory.resolve("redis.rdb"));
    }
}
