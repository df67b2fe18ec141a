package org.memoryqueue.testing.model;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A model server that does what a test tells it to, and can be told something else while it runs. Each connection has a
 * virtual thread, so hundreds may hang. It listens on 127.0.0.1.
 */
public final class FakeModel implements AutoCloseable {

    private static final int BACKLOG = 2_000;

    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong closedByClient = new AtomicLong();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private volatile Function<Call, Reply> plan = call -> Reply.summary();

    private FakeModel(ServerSocket server) {
        this.server = server;
    }

    /** Starts one on a free port; it answers with valid summaries. */
    public static FakeModel start() {
        return start(0);
    }

    /** Starts one on a port, for instance that of one that was closed: until then connections to it are refused. */
    public static FakeModel start(int port) {
        try {
            FakeModel model = new FakeModel(new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("fake-model").start(model::accept);
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replies alike to every call from now on. */
    public void reply(Reply reply) {
        plan = call -> reply;
    }

    /** Replies to each call from now on as the function says. */
    public void reply(Function<Call, Reply> plan) {
        this.plan = plan;
    }

    /** What {@code MEMORY_LLM_BASE_URL} must be. */
    public String baseUrl() {
        return "http://127.0.0.1:" + port() + "/v1";
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Counts the calls that ever came. */
    public long calls() {
        return calls.get();
    }

    /** Counts the calls that are being replied to. */
    public int inFlight() {
        return inFlight.get();
    }

    /** The most calls that ever were in flight at once. */
    public int mostInFlight() {
        return mostInFlight.get();
    }

    /** Counts the calls whose client went away before it had the whole reply. */
    public long closedByClient() {
        return closedByClient.get();
    }

    /** Counts the connections that stand. */
    public int connections() {
        return connections.size();
    }

    /** Ends all connections, and refuses new ones. */
    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            if (server.isClosed()) {
                return;
            }
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            boolean goesOn = true;
            while (goesOn) {
                Optional<Call> call = Call.read(in, calls::incrementAndGet);
                goesOn = call.isPresent() && served(call.get(), connection, in);
            }
        } catch (IOException e) {
            // The client went away between two calls, or the test has ended this server.
        } finally {
            connections.remove(connection);
        }
    }

    /** Replies to a call; false when the connection is at its end. */
    private boolean served(Call call, Socket connection, InputStream in) {
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        try {
            return carriedOut(plan.apply(call), connection, in);
        } catch (IOException e) {
            if (!server.isClosed()) {
                closedByClient.incrementAndGet();
            }
            return false;
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private static boolean carriedOut(Reply reply, Socket connection, InputStream in) throws IOException {
        switch (reply) {
            case Reply.Response response -> {
                connection.getOutputStream().write(bytes(response));
                return true;
            }
            case Reply.Delayed delayed -> {
                waitOut(delayed.by(), connection, in);
                return carriedOut(delayed.then(), connection, in);
            }
            case Reply.Hang hang -> {
                waitOut(Duration.ZERO, connection, in);
                return false;
            }
            case Reply.HalfBody half -> {
                byte[] whole = bytes(half.whole());
                connection
                        .getOutputStream()
                        .write(whole, 0, whole.length - half.whole().body().length() / 2);
                return false;
            }
            case Reply.Drip drip -> {
                for (byte piece : bytes(drip.whole())) {
                    connection.getOutputStream().write(piece);
                    waitOut(drip.pause(), connection, in);
                }
                return true;
            }
        }
    }

    /** Waits, for ever when it is zero; fails when the client goes away. */
    private static void waitOut(Duration wait, Socket connection, InputStream in) throws IOException {
        connection.setSoTimeout((int) wait.toMillis());
        try {
            if (in.read() < 0) {
                throw new IOException("The client went away");
            }
            throw new IllegalStateException("The client sent more than a request");
        } catch (SocketTimeoutException e) {
            connection.setSoTimeout(0);
        }
    }

    private static byte[] bytes(Reply.Response response) {
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + response.status() + " Fake\r\n");
        response.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Content-Length: " + body.length + "\r\n\r\n");
        return (head + response.body()).getBytes(StandardCharsets.UTF_8);
    }
}
