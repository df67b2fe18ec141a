package org.memoryqueue.kubernetes;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.memoryqueue.kubernetes.code.LiveFacts;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.policy.Environment;
import org.memoryqueue.kubernetes.tool.Project;
import org.memoryqueue.local.process.Child;
import org.memoryqueue.local.process.Output;
import org.memoryqueue.local.process.Ports;
import org.memoryqueue.local.process.Readiness;
import org.memoryqueue.local.process.StopSignal;
import org.memoryqueue.local.redis.LocalRedis;
import org.memoryqueue.local.token.Grant;
import org.memoryqueue.local.token.TokenSigner;

/**
 * The packaged services, started as the local overlay says: first the migration Job, then memory-api and one worker, each
 * with the environment of its manifest. Only addresses, ports and secrets are others. Some sessions are handed in, so that
 * all metrics are there.
 */
final class LiveServices {

    private static final Supplier<LiveServices> STARTED = Once.of(LiveServices::new);
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String SECRET = "a secret for tests, of more than 32 bytes";
    private static final Pattern COMPLETED =
            Pattern.compile("^memory_queue_completed(\\{[^}]*})? [1-9]", Pattern.MULTILINE);
    private static final int MOST_MESSAGES = 24;
    private static final int MOST_TRIES = 100;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Project project = Rendered.PROJECT;
    private final Manifests manifests = Rendered.overlay("local");
    private final List<AutoCloseable> running = new ArrayList<>();
    private final LivePostgres postgres;
    private final LocalRedis redis;
    private final int migrationExit;
    private final Map<String, String> metricTexts;
    private final LiveFacts facts;

    private LiveServices() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        try {
            Files.createDirectories(logs());
            postgres = register(LivePostgres.start(Files.createTempDirectory("memory-kubernetes")));
            redis = register(LocalRedis.start());
            migrationExit = migrate();
            int api = start("memory-api", "QUARKUS_HTTP_PORT");
            int worker = start("memory-worker", "WORKER_HEALTH_PORT");
            handIn(api);
            askTooOften(api);
            metricTexts = Map.of(
                    LiveFacts.API, get(api, "/q/metrics").body(),
                    LiveFacts.WORKER, get(worker, "/q/metrics").body());
            facts = new LiveFacts(
                    metricTexts.entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, entry -> names(entry.getValue()))),
                    Map.of(LiveFacts.API, up(api), LiveFacts.WORKER, up(worker)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LiveServices started() {
        return STARTED.get();
    }

    LiveFacts facts() {
        return facts;
    }

    LivePostgres postgres() {
        return postgres;
    }

    /** How the migration Job ended. */
    int migrationExit() {
        return migrationExit;
    }

    /** The one sample of a metric. */
    double metric(String service, String name) {
        return Optional.ofNullable(metricTexts.get(service))
                .orElse("")
                .lines()
                .filter(line -> line.matches(name + "[ {].*"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(service + " has no metric " + name));
    }

    /** What a service printed. */
    String log(String service) throws IOException {
        return Files.readString(logs().resolve(service + ".log"));
    }

    /** Runs the migration Job against a database; its exit code. */
    int migrate(String url) throws IOException {
        Map<String, String> variables = variables("memory-migration");
        variables.put("DATABASE_URL", url);
        variables.put("QUARKUS_HTTP_PORT", String.valueOf(Ports.free()));
        Child child = launch("memory-api", "memory-migration", variables);
        try {
            return child.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            child.kill();
            throw new IOException("The migration has not ended: " + child.lastLines(), e);
        }
    }

    private int migrate() throws IOException {
        return migrate(postgres.url());
    }

    private int start(String workload, String portVariable) throws IOException {
        int port = Ports.free();
        Map<String, String> variables = variables(workload);
        variables.put(portVariable, String.valueOf(port));
        Child child = launch(workload, workload, variables);
        running.add(() -> child.stop(Duration.ofSeconds(5)));
        Readiness.await(workload, child, PATIENCE, POLL, () -> isUp(port, "/q/health/ready"));
        return port;
    }

    private Map<String, String> variables(String workload) {
        Map<String, String> variables = new HashMap<>();
        Stream.of("PATH", "HOME", "JAVA_HOME", "LANG")
                .forEach(name ->
                        Optional.ofNullable(System.getenv(name)).ifPresent(value -> variables.put(name, value)));
        variables.putAll(new Environment(manifests, manifests.workload(workload)).values());
        variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        variables.put("DATABASE_URL", postgres.url());
        variables.put("REDIS_HOST", redis.host());
        variables.put("REDIS_PORT", String.valueOf(redis.port()));
        variables.put("REDIS_PASSWORD", Environment.SECRET);
        variables.replace("MEMORY_JWT_SECRET", SECRET);
        return variables;
    }

    private Child launch(String module, String name, Map<String, String> variables) throws IOException {
        Path jar = project.root().resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString());
        return Child.start(
                command, project.target(), variables, StopSignal.TERM, Output.to(logs().resolve(name + ".log")));
    }

    /** A session of each priority, and waits until they are remembered. */
    private void handIn(int api) throws IOException {
        String token = new TokenSigner(SECRET, TokenSigner.ISSUER, Optional.empty()).sign(Grant.of("service", "tests"));
        for (int pairs = 2; 2 * pairs <= MOST_MESSAGES; pairs += 5) {
            String messages = "{\"role\":\"user\",\"content\":\"How do I add fractions?\"},"
                    + "{\"role\":\"assistant\",\"content\":\"Find a common denominator first.\"}";
            String body = """
                    {"studentId": "student-%d", "chatbotId": "maths", "roomId": "class-7", "messages": [%s],
                     "sessionStartTime": "%s"}
                    """.formatted(
                            pairs,
                            Stream.generate(() -> messages).limit(pairs).collect(Collectors.joining(",")),
                            Instant.now());
            HttpResponse<String> answer = send(request(api, "/api/student/memory")
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
            if (answer.statusCode() != 202) {
                throw new IOException(answer.statusCode() + ": " + answer.body());
            }
        }
        await().atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> COMPLETED.matcher(get(api, "/q/metrics").body()).find());
    }

    /** Until somebody is limited, since some counters are there only once they have counted. */
    private void askTooOften(int api) throws IOException {
        String token = new TokenSigner(SECRET, TokenSigner.ISSUER, Optional.empty()).sign(Grant.of("student", "ada"));
        for (int i = 0; i < MOST_TRIES; i++) {
            HttpRequest.Builder request = request(api, "/api/student/memory")
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"));
            if (send(request).statusCode() == 429) {
                return;
            }
        }
        throw new IOException("Nobody was limited");
    }

    private static Set<String> names(String metrics) {
        return metrics.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst("[ {].*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Which paths that may be probed answer 200. */
    private Set<String> up(int port) {
        return Stream.of("/health", "/q/health", "/q/health/started", "/q/health/live", "/q/health/ready", "/q/metrics")
                .filter(path -> isUp(port, path))
                .collect(Collectors.toSet());
    }

    private boolean isUp(int port, String path) {
        try {
            return get(port, path).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(int port, String path) throws IOException {
        return send(request(port, path).GET());
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private Path logs() {
        return project.target().resolve("services");
    }

    private <T extends AutoCloseable> T register(T closeable) {
        running.add(closeable);
        return closeable;
    }

    private void stop() {
        running.reversed().forEach(closeable -> {
            try {
                closeable.close();
            } catch (Exception e) {
                System.err.println("Could not stop: " + e);
            }
        });
    }
}
