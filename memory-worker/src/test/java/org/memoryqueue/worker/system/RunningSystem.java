package org.memoryqueue.worker.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.memoryqueue.local.postgres.LocalPostgres;
import org.memoryqueue.local.postgres.PostgresOptions;
import org.memoryqueue.local.process.Child;
import org.memoryqueue.local.process.Output;
import org.memoryqueue.local.process.Ports;
import org.memoryqueue.local.process.Readiness;
import org.memoryqueue.local.process.StopSignal;
import org.memoryqueue.local.redis.LocalRedis;
import org.postgresql.ds.PGSimpleDataSource;

/** The packaged services as processes of their own, on stores of their own: what a user runs, and a test may kill. */
final class RunningSystem implements AutoCloseable {

    private static final Path PROJECT = Path.of(System.getProperty("memory.project", ".."));
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> environment;
    private final LocalPostgres postgres;
    private final LocalRedis redis;
    private final Child api;
    private final URI apiUrl;
    private final List<Child> workers = new ArrayList<>();

    /** Starts the stores and the API, and no worker yet. */
    RunningSystem(Map<String, String> settings) throws IOException {
        postgres = LocalPostgres.start(PostgresOptions.temporary().withDurable(true));
        redis = LocalRedis.start();
        environment = new HashMap<>(System.getenv());
        environment.putAll(Map.of(
                "DATABASE_URL", postgres.url(),
                "REDIS_HOST", redis.host(),
                "REDIS_PORT", String.valueOf(redis.port())));
        environment.putAll(settings);
        int port = Ports.orFree(0);
        apiUrl = URI.create("http://127.0.0.1:" + port);
        api = start("memory-api", Map.of("QUARKUS_HTTP_PORT", String.valueOf(port)), apiUrl.resolve("/q/health/ready"));
    }

    /** Starts a worker, and returns its number once it is healthy. */
    int startWorker() throws IOException {
        int port = Ports.orFree(0);
        workers.add(start(
                "memory-worker",
                Map.of("WORKER_HEALTH_PORT", String.valueOf(port)),
                URI.create("http://127.0.0.1:" + port + "/health")));
        return workers.size() - 1;
    }

    Child worker(int number) {
        return workers.get(number);
    }

    /** Stops all workers that run, at once. */
    void stopWorkers() {
        workers.parallelStream().forEach(worker -> worker.stop(Duration.ofSeconds(10)));
    }

    LocalRedis redis() {
        return redis;
    }

    HttpResponse<String> post(String path, String body) throws IOException {
        return send(HttpRequest.newBuilder(apiUrl.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path) throws IOException {
        return send(HttpRequest.newBuilder(apiUrl.resolve(path)).GET());
    }

    /** The one value of a query. */
    long count(String sql) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(postgres.jdbcUrl());
        try (Connection connection = database.getConnection(postgres.user(), postgres.password());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Whether a process has ended within the time, and with which code. */
    static int exitCode(Child child, Duration within) throws Exception {
        return child.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Child start(String module, Map<String, String> settings, URI health) throws IOException {
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(settings);
        Path jar = PROJECT.resolve(module)
                .resolve("target/quarkus-app/quarkus-run.jar")
                .toAbsolutePath();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Child child = Child.start(
                List.of(java, "-Xmx256m", "-XX:+UseSerialGC", "-jar", jar.toString()),
                PROJECT.toAbsolutePath(),
                variables,
                StopSignal.TERM,
                Output.inMemory());
        Readiness.await(module, child, PATIENCE, Duration.ofMillis(200), () -> isUp(health));
        return child;
    }

    private boolean isUp(URI health) {
        try {
            return send(HttpRequest.newBuilder(health).GET()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        stopWorkers();
        api.stop(Duration.ofSeconds(10));
        redis.close();
        postgres.close();
        http.close();
    }
}
