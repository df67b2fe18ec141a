package org.memoryqueue.worker.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.memoryqueue.local.postgres.LocalPostgres;
import org.memoryqueue.local.postgres.PostgresOptions;
import org.memoryqueue.local.process.Child;
import org.memoryqueue.local.process.Output;
import org.memoryqueue.local.process.Ports;
import org.memoryqueue.local.process.StopSignal;
import org.memoryqueue.local.redis.LocalRedis;
import org.memoryqueue.testing.model.FakeModel;
import org.memoryqueue.testing.model.Reply;

/**
 * How quick and how small the forms are that are built, beside each other: run by {@code src-native/measure}, and by nothing
 * else. Needs Linux, since it reads {@code /proc}.
 */
class FormsMeasurement {

    private static final int STARTS = Integer.getInteger("memory.measure.starts", 5);
    private static final int CALLS = Integer.getInteger("memory.measure.calls", 1_000);
    /** Short beside what is measured, and long beside what asking costs the processors. */
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(5);

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path PROJECT = Path.of(System.getProperty("memory.project", ".."));

    private static LocalPostgres postgres;
    private static LocalRedis redis;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What is measured: a form, and how it is started. */
    private record Variant(String name, Form form, List<String> jvm) {

        static final List<Variant> ALL = List.of(
                new Variant("jvm", Form.JVM, List.of()),
                new Variant("aot", Form.AOT, List.of()),
                new Variant("aot, C1 only", Form.AOT, List.of("-XX:TieredStopAtLevel=1")),
                new Variant("native", Form.NATIVE, List.of()));
    }

    /**
     * A service that was started.
     *
     * @param firstAnswer how long its first answer took, in ms
     * @param processorTime what it had used of the processors by then, in ms, which says more on a machine that is busy
     */
    private record Started(Child child, int port, double firstAnswer, double processorTime) {}

    @BeforeAll
    static void startStores() throws IOException {
        postgres = LocalPostgres.start(PostgresOptions.temporary());
        redis = LocalRedis.start();
    }

    @AfterAll
    static void stopStores() throws IOException {
        redis.close();
        postgres.close();
    }

    @Test
    void measuresEveryFormThatIsBuilt() throws Exception {
        System.out.printf(
                "%s, %d processors, JDK %s; heap of 256 MB, Serial GC; median of %d starts, files warm; first response: from the"
                        + " start of the process to the 200 of /q/health/live, and the time of processors used by then; RSS after %d s of rest%n%n",
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                STARTS,
                IDLE.toSeconds());
        System.out.println("| Service | Form | Size | First response | Processor time | RSS idle | RSS with " + CALLS
                + " calls | SIGTERM |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (String service : List.of("memory-api", "memory-worker")) {
            for (Variant variant : Variant.ALL) {
                if (variant.form().find(target(service)).isPresent()) {
                    measure(service, variant);
                }
            }
        }
    }

    private void measure(String service, Variant variant) throws Exception {
        start(service, variant, Map.of()).child().stop(PATIENCE);
        List<Double> answers = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        String idle = "";
        String end = "";
        for (int i = 0; i < STARTS; i++) {
            Started started = start(service, variant, Map.of());
            answers.add(started.firstAnswer());
            processor.add(started.processorTime());
            if (i == STARTS - 1) {
                LockSupport.parkNanos(IDLE.toNanos());
                idle = megabytes(rss(started.child()));
            }
            end = stop(started);
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %.0f ms | %.0f ms | %s | %s | %s |%n",
                service,
                variant.name(),
                megabytes(size(variant.form().find(target(service)).orElseThrow(), variant.form())),
                median(answers),
                median(processor),
                idle,
                service.equals("memory-worker") ? underLoad(variant) : "",
                end);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** The worker's memory while so many calls to a model are under way. */
    private String underLoad(Variant variant) throws Exception {
        try (FakeModel model = FakeModel.start()) {
            model.reply(Reply.hang());
            Started api = start("memory-api", variant, Map.of("MEMORY_RATE_LIMIT_ENABLED", "false"));
            await().atMost(PATIENCE).until(() -> isUp(api.port(), "/q/health/ready"));
            Started worker = start(
                    "memory-worker",
                    variant,
                    Map.of(
                            "MEMORY_LLM_API_KEY",
                            "any",
                            "MEMORY_LLM_BASE_URL",
                            model.baseUrl(),
                            "MEMORY_WORKER_CONCURRENCY",
                            String.valueOf(CALLS),
                            "MEMORY_WORKER_SHUTDOWN_GRACE",
                            "1s"));
            String students = "measured-" + System.nanoTime() + "-";
            IntStream.range(0, CALLS).parallel().forEach(number -> handIn(api.port(), students, number));
            await().atMost(PATIENCE).until(() -> model.inFlight() >= CALLS);
            String found = megabytes(rss(worker.child()));
            stop(worker);
            stop(api);
            return found;
        }
    }

    private void handIn(int port, String students, int number) {
        try {
            int status = http.send(
                            Access.handIn(
                                    URI.create("http://127.0.0.1:" + port),
                                    BodyPublishers.ofString(
                                            Dialogues.session(students, number).toString()),
                                    PATIENCE),
                            BodyHandlers.discarding())
                    .statusCode();
            if (status != 202) {
                throw new IllegalStateException("Answered " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Started start(String service, Variant variant, Map<String, String> settings) throws IOException {
        int port = Ports.free();
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.putAll(Access.VARIABLES);
        variables.put("DATABASE_URL", postgres.url());
        variables.put("REDIS_HOST", redis.host());
        variables.put("REDIS_PORT", String.valueOf(redis.port()));
        variables.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        variables.putAll(settings);
        List<String> command = variant.form().command(target(service), variant.jvm(), List.of());
        long begin = System.nanoTime();
        Child child = Child.start(
                command,
                PROJECT.toAbsolutePath(),
                variables,
                StopSignal.TERM,
                Output.to(Report.logs().resolve("measured-" + service + ".log")));
        while (!isUp(port, "/q/health/live")) {
            if (!child.isAlive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IllegalStateException(service + " does not start: " + child.lastLines());
            }
            LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
        }
        double firstAnswer = (System.nanoTime() - begin) / 1e6;
        return new Started(child, port, firstAnswer, processorTime(child));
    }

    private static boolean isUp(int port, String path) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            connection.setReadTimeout((int) PATIENCE.toMillis());
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    private static String stop(Started service) throws Exception {
        long begin = System.nanoTime();
        service.child().stop(PATIENCE);
        int code = service.child().onExit().get();
        return String.format(Locale.ROOT, "exit %d after %.1f s", code, (System.nanoTime() - begin) / 1e9);
    }

    private static Path target(String service) {
        return PROJECT.resolve(service).resolve("target");
    }

    /** Of all its threads, in ms; counted in hundredths of a second. */
    private static double processorTime(Child child) throws IOException {
        String line = Files.readString(Path.of("/proc", Long.toString(child.pid()), "stat"));
        String[] afterName = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return 10.0 * (Long.parseLong(afterName[11]) + Long.parseLong(afterName[12]));
    }

    /** In bytes. */
    private static long rss(Child child) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(child.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    /** The executable, or the directory of the runnable jar with all that it needs, in bytes. */
    private static long size(Path file, Form form) throws IOException {
        try (Stream<Path> files = Files.walk(form == Form.NATIVE ? file : file.getParent())) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(each -> each.toFile().length())
                    .sum();
        }
    }

    private static String megabytes(long bytes) {
        return bytes / 1_000_000 + " MB";
    }
}
