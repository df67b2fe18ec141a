package org.memoryqueue.worker.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.memoryqueue.local.process.Child;
import org.memoryqueue.local.process.Output;
import org.memoryqueue.local.process.Ports;
import org.memoryqueue.local.process.Readiness;
import org.memoryqueue.local.process.StopSignal;

/** One of the packaged services, as a process that can be killed, frozen, stopped, and started again where it was. */
public final class ServiceProcess {

    /** Which service it is. */
    enum Kind {
        API("memory-api", "QUARKUS_HTTP_PORT", "/q/health/ready"),
        WORKER("memory-worker", "WORKER_HEALTH_PORT", "/health");

        private final String module;
        private final String portVariable;
        private final String health;

        Kind(String module, String portVariable, String health) {
            this.module = module;
            this.portVariable = portVariable;
            this.health = health;
        }
    }

    private static final Path PROJECT = Path.of(System.getProperty("memory.project", ".."));
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Duration POLL = Duration.ofMillis(100);

    private final HttpClient http;
    private final Kind kind;
    private final String name;
    private final Setup setup;
    private final int port;
    private volatile Child child;

    private ServiceProcess(HttpClient http, Kind kind, String name, Setup setup) throws IOException {
        this.http = http;
        this.kind = kind;
        this.name = name;
        this.setup = setup;
        this.port = Ports.free();
        this.child = launch();
    }

    /** Starts a service, and returns when it is healthy. Postgres knows its connections by its name. */
    static ServiceProcess start(HttpClient http, Kind kind, String name, Setup setup) throws IOException {
        ServiceProcess service = new ServiceProcess(http, kind, name, setup);
        service.awaitHealth();
        return service;
    }

    String name() {
        return name;
    }

    public long pid() {
        return child.pid();
    }

    public boolean isAlive() {
        return child.isAlive();
    }

    List<String> lastLines() {
        return child.lastLines();
    }

    /** {@code kill -9}. */
    public void kill() {
        child.kill();
    }

    /** SIGTERM, and {@code kill -9} when it is still there after the grace. */
    public void stop(Duration grace) {
        child.stop(grace);
    }

    /** How it ended; fails when it does not within the time. */
    public int exitCode(Duration within) {
        try {
            return child.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(name + " has not ended; its last words: " + child.lastLines(), e);
        }
    }

    /** Starts it again on the same port, and returns at once. */
    void relaunch() throws IOException {
        child = launch();
    }

    /** Starts it again on the same port, and returns when it is healthy. */
    void restart() throws IOException {
        relaunch();
        awaitHealth();
    }

    /** SIGSTOP: it does nothing any more, and its connections stay. */
    public void freeze() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("sh", "-c", "kill -$1 $0", Long.toString(pid()), signal)
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    HttpResponse<String> get(String path) throws IOException {
        return send(Access.request(this, path).timeout(Duration.ofSeconds(30)));
    }

    /** The status of the answer. */
    int post(String path) throws IOException {
        return send(Access.request(this, path)
                        .timeout(Duration.ofSeconds(30))
                        .POST(HttpRequest.BodyPublishers.noBody()))
                .statusCode();
    }

    /** Whether a probe answers 200 within the time that Kubernetes would give it. */
    boolean isUp(String path) {
        try {
            return send(Access.request(this, path).timeout(Duration.ofSeconds(3)))
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The sum of all samples of a metric with these characters in their labels; 0 without any. */
    double metric(String metric, String labels) throws IOException {
        return get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(metric) && line.contains(labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private Child launch() throws IOException {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.putAll(setup.variables());
        variables.put(kind.portVariable, String.valueOf(port));
        return Child.start(
                command(),
                PROJECT.toAbsolutePath(),
                variables,
                StopSignal.TERM,
                Output.to(Report.logs().resolve(name + ".log")));
    }

    private List<String> command() {
        return Form.current()
                .command(
                        PROJECT.resolve(kind.module).resolve("target"),
                        setup.jvm(),
                        List.of("-Dquarkus.datasource.reactive.additional-properties.application_name=" + name));
    }

    private void awaitHealth() throws IOException {
        Readiness.await(name, child, PATIENCE, POLL, () -> isUp(kind.health));
    }
}
