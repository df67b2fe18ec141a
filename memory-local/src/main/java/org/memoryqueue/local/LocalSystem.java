package org.memoryqueue.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.local.postgres.LocalPostgres;
import org.memoryqueue.local.postgres.PostgresBinaries;
import org.memoryqueue.local.postgres.PostgresOptions;
import org.memoryqueue.local.redis.LocalRedis;
import org.memoryqueue.local.redis.RedisOptions;

/** Postgres, Redis, memory-api and the workers, brought up in this order, and the file that says where they are. */
final class LocalSystem {
    private static final int CONNECTIONS_PER_SERVICE = 60;

    private final RunOptions options;
    private final Workspace workspace;
    private final ServiceEnvironment environment;
    private final Console console;
    private final Fleet fleet;

    private @Nullable LocalPostgres postgres;
    private @Nullable LocalRedis redis;
    private @Nullable OwnService api;
    private List<OwnService> workers = List.of();
    private boolean published;

    LocalSystem(RunOptions options, Workspace workspace, ServiceEnvironment environment, Console console) {
        this.options = options;
        this.workspace = workspace;
        this.environment = environment;
        this.console = console;
        this.fleet = new Fleet(console, this::republish);
    }

    /** Returns when everything is ready and the endpoints file says so. */
    Endpoints start() throws Exception {
        Form apiForm = workspace.form("memory-api", options.executables());
        Form workerForm = workspace.form("memory-worker", options.executables());
        startPostgres();
        startRedis();
        startApi(apiForm);
        startWorkers(workerForm);
        return publish();
    }

    /** Safe at any moment, also while {@link #start} is under way in another thread. */
    void stop() throws IOException {
        fleet.stop();
        synchronized (this) {
            Files.deleteIfExists(workspace.endpoints());
        }
    }

    boolean isStopping() {
        return fleet.isStopping();
    }

    private void startPostgres() throws Exception {
        if (environment.databaseUrl().isPresent()) {
            console.say("Postgres: yours, by DATABASE_URL");
            return;
        }
        if (!PostgresBinaries.areUnpacked()) {
            console.during("unpacking Postgres, once per user", PostgresBinaries::obtain);
        }
        boolean isNew = !Files.exists(workspace.postgres());
        PostgresOptions how = PostgresOptions.keptIn(workspace.postgres())
                .withPort(PortPlan.usualOrFree(PortPlan.POSTGRES))
                .withSetting("max_connections", Integer.toString(connections()))
                .withLog(workspace.log("postgres"));
        LocalPostgres started = console.during(
                "starting Postgres" + (isNew ? " with a new data directory" : ""),
                () -> fleet.start(Role.POSTGRES, () -> LocalPostgres.start(how)));
        environment.useOwnPostgres(started.url());
        postgres = started;
    }

    private int connections() {
        return Math.max(200, CONNECTIONS_PER_SERVICE * (options.workers() + 1));
    }

    private void startRedis() throws Exception {
        if (environment.redisUrl().isPresent()) {
            console.say("Redis: yours, at " + environment.redisUrl().get());
            return;
        }
        RedisOptions how = RedisOptions.keptIn(workspace.redis())
                .withPort(PortPlan.usualOrFree(PortPlan.REDIS))
                .withLog(workspace.log("redis"));
        LocalRedis started =
                console.during("starting Redis", () -> fleet.start(Role.REDIS, () -> LocalRedis.start(how)));
        List<String> dropped = environment.useOwnRedis(started.host(), started.port());
        if (!dropped.isEmpty()) {
            console.say("not passed on, since no REDIS_HOST goes with it: " + String.join(", ", dropped));
        }
        redis = started;
    }

    private void startApi(Form form) throws Exception {
        URI ready = URI.create(apiUrl() + "/q/health/ready");
        Callable<OwnService> start =
                () -> OwnService.start("api", form, workspace, environment.forApi(options.port()), ready);
        api = console.during("starting memory-api on port " + options.port(), () -> fleet.start(Role.API, start));
    }

    private void startWorkers(Form form) throws Exception {
        List<Callable<OwnService>> starts = IntStream.rangeClosed(1, options.workers())
                .mapToObj(number -> worker(number, form))
                .toList();
        String what = options.workers() == 1 ? "1 memory-worker" : options.workers() + " memory-workers";
        workers = console.during("starting " + what, () -> fleet.start(Role.WORKER, starts));
    }

    private Callable<OwnService> worker(int number, Form form) {
        String name = "worker-" + number;
        URI health = URI.create(workerUrl(number) + "/health");
        return () -> OwnService.start(name, form, workspace, environment.forWorker(options.healthPort(number)), health);
    }

    private synchronized Endpoints publish() throws IOException {
        Endpoints endpoints = endpoints();
        if (!fleet.isStopping()) {
            endpoints.write(workspace.endpoints());
            published = true;
        }
        return endpoints;
    }

    /** A service was started again and has another process id now. */
    private synchronized void republish() {
        try {
            if (published) {
                publish();
            }
        } catch (IOException e) {
            console.say(workspace.endpoints() + " could not be rewritten: " + e.getMessage());
        }
    }

    private Endpoints endpoints() {
        if (api == null) {
            throw new IllegalStateException("Not started");
        }
        List<Endpoints.Worker> addresses = IntStream.range(0, workers.size())
                .mapToObj(index -> new Endpoints.Worker(
                        workerUrl(index + 1), workers.get(index).pid()))
                .toList();
        Endpoints.Pids pids = new Endpoints.Pids(
                ProcessHandle.current().pid(),
                api.pid(),
                redis == null ? null : redis.pid(),
                postgres == null ? null : postgres.pid(),
                workers.stream().map(OwnService::pid).toList());
        return new Endpoints(
                apiUrl(),
                addresses,
                postgres == null ? environment.databaseUrl().orElseThrow() : postgres.url(),
                redis == null ? environment.redisUrl().orElseThrow() : redis.uri(),
                pids);
    }

    private String apiUrl() {
        return "http://127.0.0.1:" + options.port();
    }

    private String workerUrl(int number) {
        return "http://127.0.0.1:" + options.healthPort(number);
    }
}
