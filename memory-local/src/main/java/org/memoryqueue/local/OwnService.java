package org.memoryqueue.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.memoryqueue.local.process.Child;
import org.memoryqueue.local.process.Output;
import org.memoryqueue.local.process.Readiness;
import org.memoryqueue.local.process.Service;
import org.memoryqueue.local.process.StopSignal;

/** One of our own services, in a JVM or as an executable; ready when its health answers 200. */
final class OwnService implements Service {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** Not faster: a service that is not ready says so in its log, each time it is asked. */
    private static final Duration POLL = Duration.ofMillis(200);

    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final int TIMEOUT_MILLIS = 2_000;

    private final String name;
    private final Form form;
    private final Path directory;
    private final Map<String, String> environment;
    private final URI health;
    private final Output output;
    private volatile Child child;

    private OwnService(
            String name, Form form, Path directory, Map<String, String> environment, URI health, Output output)
            throws IOException {
        this.name = name;
        this.form = form;
        this.directory = directory;
        this.environment = environment;
        this.health = health;
        this.output = output;
        this.child = launch();
    }

    /** Starts it in the project's directory, and returns when it is ready. */
    static OwnService start(String name, Form form, Workspace workspace, Map<String, String> environment, URI health)
            throws IOException {
        Output output = Output.to(workspace.log(name));
        return new OwnService(name, form, workspace.project(), environment, health, output);
    }

    private Child launch() throws IOException {
        Child started = Child.start(form.command(), directory, environment, StopSignal.TERM, output);
        Readiness.await(name, started, PATIENCE, POLL, this::isHealthy);
        return started;
    }

    private boolean isHealthy() {
        try {
            HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long pid() {
        return child.pid();
    }

    @Override
    public CompletableFuture<Integer> onExit() {
        return child.onExit();
    }

    @Override
    public List<String> lastLines() {
        return child.lastLines();
    }

    @Override
    public void restart() throws IOException {
        child.stop(GRACE);
        child = launch();
    }

    @Override
    public void stop(Duration grace) {
        child.stop(grace);
    }

    @Override
    public void close() {
        stop(GRACE);
    }
}
