package org.memoryqueue.worker.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.memoryqueue.local.postgres.LocalPostgres;
import org.memoryqueue.local.postgres.PostgresOptions;
import org.memoryqueue.local.redis.LocalRedis;
import org.memoryqueue.worker.system.ServiceProcess.Kind;

/** The packaged services as processes of their own, on stores of their own: what a user runs, and a test may break. */
public final class RunningSystem implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(25);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final LocalPostgres postgres;
    private final LocalRedis redis;
    private final Setup stores;
    /** Over all systems of this JVM, so that every service has a name, and a log, of its own. */
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final List<ServiceProcess> services = new CopyOnWriteArrayList<>();
    private final ServiceProcess sharedApi;
    private List<ServiceProcess> sharedWorkers = List.of();

    /** Starts the stores, with commits on disk and a Redis that persists nothing, and an API. */
    RunningSystem(Map<String, String> settings) throws IOException {
        this(settings, PostgresOptions.temporary());
    }

    /** The same, with a Postgres that is set otherwise. */
    public RunningSystem(Map<String, String> settings, PostgresOptions options) throws IOException {
        postgres = LocalPostgres.start(
                options.withDurable(true).withLog(Report.logs().resolve("postgres.log")));
        redis = LocalRedis.start();
        stores = new Setup(Access.VARIABLES, List.of())
                .with("DATABASE_URL", postgres.url())
                .with("REDIS_HOST", redis.host())
                .with("REDIS_PORT", String.valueOf(redis.port()))
                .with(settings);
        sharedApi = startApi(Setup.PLAIN);
        services.remove(sharedApi);
    }

    /** The API that all tests share, and that none breaks beyond repair. */
    public ServiceProcess api() {
        return sharedApi;
    }

    /** Starts an API, and returns when it is ready. */
    ServiceProcess startApi(Setup setup) throws IOException {
        return start(Kind.API, "api", setup);
    }

    /** Two workers that tests share as long as none starts workers of its own, and that none breaks beyond repair. */
    List<ServiceProcess> workers() {
        if (sharedWorkers.isEmpty()) {
            List<ServiceProcess> shared = startWorkers(2, Setup.PLAIN);
            services.removeAll(shared);
            sharedWorkers = shared;
        }
        return sharedWorkers;
    }

    private void stopSharedWorkers() {
        sharedWorkers.parallelStream().forEach(worker -> worker.stop(GRACE));
        sharedWorkers = List.of();
    }

    /** Starts a worker, which is to have all jobs to itself or to share them with others that the test has started. */
    ServiceProcess startWorker(Setup setup) throws IOException {
        stopSharedWorkers();
        return start(Kind.WORKER, "worker", setup);
    }

    /** Starts some workers at once. */
    public List<ServiceProcess> startWorkers(int count, Setup setup) {
        stopSharedWorkers();
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> {
                    try {
                        return start(Kind.WORKER, "worker", setup);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private ServiceProcess start(Kind kind, String name, Setup setup) throws IOException {
        Setup complete = new Setup(stores.with(setup.variables()).variables(), setup.jvm());
        ServiceProcess service = ServiceProcess.start(http, kind, name + "-" + STARTED.incrementAndGet(), complete);
        services.add(service);
        return service;
    }

    LocalPostgres postgres() {
        return postgres;
    }

    public LocalRedis redis() {
        return redis;
    }

    public Database database() {
        return new Database(postgres);
    }

    Index index() {
        return new Index(redis);
    }

    HttpClient http() {
        return http;
    }

    /** The stores, for a report. */
    public String conditions() {
        return (Form.current() == Form.NATIVE ? "executables, " : "") + "Postgres 17 with commits on disk, Redis "
                + redis.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors";
    }

    /** Stops all services but the shared ones, at once; the stores run on. */
    void stopServices() {
        services.parallelStream().forEach(service -> {
            if (service.isAlive()) {
                service.thaw();
                service.stop(GRACE);
            }
        });
        services.clear();
    }

    @Override
    public void close() throws IOException {
        stopServices();
        stopSharedWorkers();
        sharedApi.stop(GRACE);
        redis.close();
        postgres.close();
        http.close();
    }
}
