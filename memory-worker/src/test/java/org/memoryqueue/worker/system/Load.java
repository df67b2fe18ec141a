package org.memoryqueue.worker.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Clients that hand sessions in, each of them until it is acknowledged: what breaks or is refused with a 5xx is sent
 * again, in the same words, to the next API.
 */
public final class Load {

    /**
     * How hard it is.
     *
     * @param clients how many hand in at once
     * @param perSecond sessions a second of all together; 0 for as many as are accepted
     */
    public record Pace(int clients, double perSecond) {

        public static Pace steady(double perSecond) {
            return new Pace(32, perSecond);
        }

        public static Pace asFastAsAccepted(int clients) {
            return new Pace(clients, 0);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final HttpClient http;
    private final List<ServiceProcess> apis;
    private final Ledger ledger;
    private final IntFunction<JsonNode> sessions;
    private final Pace pace;
    private final CountDownLatch working;
    private final long begin = System.nanoTime();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong slowestNanos = new AtomicLong();
    private volatile int end;
    private volatile long endNanos;

    private Load(
            HttpClient http,
            List<ServiceProcess> apis,
            Ledger ledger,
            IntFunction<JsonNode> sessions,
            int count,
            Pace pace) {
        this.http = http;
        this.apis = apis;
        this.ledger = ledger;
        this.sessions = sessions;
        this.pace = pace;
        this.end = count;
        this.working = new CountDownLatch(pace.clients());
    }

    /**
     * Begins to hand in.
     *
     * @param apis where; a client goes to the next when one fails it
     * @param sessions the sessions by their numbers, from 0
     * @param count how many; {@link Integer#MAX_VALUE} for as many as there is time for
     */
    public static Load start(
            RunningSystem system,
            List<ServiceProcess> apis,
            Ledger ledger,
            IntFunction<JsonNode> sessions,
            int count,
            Pace pace) {
        Load load = new Load(system.http(), apis, ledger, sessions, count, pace);
        for (int client = 0; client < pace.clients(); client++) {
            Thread.ofVirtual().name("client-" + client).start(load::handIn);
        }
        return load;
    }

    private void handIn() {
        try {
            for (int number = next.getAndIncrement(); number < end; number = next.getAndIncrement()) {
                awaitTurn(number);
                handIn(sessions.apply(number), number);
            }
        } finally {
            endNanos = System.nanoTime();
            working.countDown();
        }
    }

    private void awaitTurn(int number) {
        if (pace.perSecond() > 0) {
            LockSupport.parkNanos(begin + (long) (number * 1e9 / pace.perSecond()) - System.nanoTime());
        }
    }

    private void handIn(JsonNode session, int number) {
        long firstSent = System.nanoTime();
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString(session.toString());
        for (int attempt = 0; !acknowledged(session, body, apis.get((number + attempt) % apis.size())); attempt++) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        slowestNanos.accumulateAndGet(System.nanoTime() - firstSent, Math::max);
    }

    private boolean acknowledged(JsonNode session, HttpRequest.BodyPublisher body, ServiceProcess api) {
        try {
            HttpResponse<String> answer =
                    http.send(Access.handIn(api, body, TIMEOUT), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200 || answer.statusCode() == 202) {
                ledger.acknowledge(
                        session, JSON.readTree(answer.body()).get("jobId").asLong());
                return true;
            }
            if (answer.statusCode() < 500 && answer.statusCode() != 429) {
                throw new AssertionError(answer.statusCode() + " " + answer.body());
            }
            refused.incrementAndGet();
            return false;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            broken.incrementAndGet();
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets every session that was begun be acknowledged, and begins no other. */
    public void stop(Duration patience) {
        end = 0;
        await(patience);
    }

    /** Waits until every session is acknowledged. */
    public void await(Duration patience) {
        try {
            if (!working.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(
                        "Not acknowledged in time: " + working.getCount() + " clients are still at it; " + this);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many hand-ins were answered with a 5xx or a 429. */
    int refused() {
        return refused.get();
    }

    /** How many hand-ins were sent and got no answer; where nobody listens, none is sent. */
    int broken() {
        return broken.get();
    }

    /** How long a client had to try until its session was acknowledged, at the most. */
    double slowestSeconds() {
        return slowestNanos.get() / 1e9;
    }

    /** How long it took, from the first session sent to the last acknowledged. */
    double seconds() {
        return (endNanos - begin) / 1e9;
    }

    @Override
    public String toString() {
        return "%d acknowledged, %d hand-ins refused, %d unanswered, the slowest after %.1f s"
                .formatted(ledger.size(), refused(), broken(), slowestSeconds());
    }
}
