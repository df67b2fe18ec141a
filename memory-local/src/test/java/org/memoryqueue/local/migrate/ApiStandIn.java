package org.memoryqueue.local.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for memory-api: answers 202 to every hand-in, unless told otherwise, and keeps what it was sent. */
final class ApiStandIn implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();

    ApiStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/student/memory", this::answer);
        server.start();
    }

    /** What it answers next: a status, and after a blank the seconds of Retry-After. */
    void answers(String... next) {
        answers.addAll(List.of(next));
    }

    String root() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> keys() {
        return keys;
    }

    List<String> tokens() {
        return tokens;
    }

    List<JsonNode> bodies() {
        return bodies;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
            bodies.add(JSON.readTree(exchange.getRequestBody()));
            String next = answers.poll();
            String[] answer = (next == null ? "202" : next).split(" ");
            if (answer.length > 1) {
                exchange.getResponseHeaders().add("Retry-After", answer[1]);
            }
            exchange.sendResponseHeaders(Integer.parseInt(answer[0]), -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
