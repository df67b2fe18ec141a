package org.memoryqueue.api;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever is sent, the answer is neither an error of the server's nor none at all. */
@QuarkusTest
@QuarkusTestResource(LocalStores.class)
class FuzzTest {

    private static final long SEED = 20_260_115;
    private static final int REQUESTS = 10_000;
    private static final int CLIENTS = 8;
    private static final int PATIENCE_MILLIS = 15_000;

    private static final int HUNG = -1;
    /** The server closed the connection, as HTTP lets it do where it cannot make out a request. */
    private static final int CLOSED = 0;

    @TestHTTPResource("/")
    @Nullable
    URI server;

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @Test
    void answersTenThousandRandomRequestsWithoutAnErrorOfItsOwn() throws Exception {
        Map<Integer, Integer> counts = new TreeMap<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<Map<Integer, Integer>>> running = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                RandomRequests requests = new RandomRequests(
                        SEED + client,
                        List.of(Tokens.service(), Tokens.admin(), Tokens.student("fuzz-1"), Tokens.teacher("room")));
                running.add(clients.submit(() -> send(requests, REQUESTS / CLIENTS)));
            }
            for (Future<Map<Integer, Integer>> client : running) {
                client.get().forEach((status, count) -> counts.merge(status, count, Integer::sum));
            }
        } finally {
            given().header("Authorization", "Bearer " + Tokens.admin()).post("/api/admin/queue/resume");
        }
        System.out.println("Fuzz: " + REQUESTS + " requests, answers by status " + counts);

        assertThat(failures).isEmpty();
        assertThat(counts.getOrDefault(202, 0)).as("some were valid").isPositive();
        assertThat(counts.getOrDefault(CLOSED, 0))
                .as("closed without an answer")
                .isLessThan(REQUESTS / 100);
        given().get("/q/health/ready").then().statusCode(200);
    }

    private Map<Integer, Integer> send(RandomRequests requests, int count) throws IOException {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            byte[] request = requests.next();
            int status = send(request);
            counts.merge(status, 1, Integer::sum);
            if (status >= 500 || status == HUNG) {
                failures.add(status + " to " + new String(request, StandardCharsets.UTF_8));
            }
        }
        return counts;
    }

    private int send(byte[] request) throws IOException {
        try (Socket socket = new Socket(requireNonNull(server).getHost(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(request);
                String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
                return line.startsWith("HTTP/1.1 ") ? Integer.parseInt(line.substring(9)) : CLOSED;
            } catch (SocketTimeoutException e) {
                return HUNG;
            } catch (IOException e) {
                return CLOSED;
            }
        }
    }
}
