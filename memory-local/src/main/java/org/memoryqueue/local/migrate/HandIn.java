package org.memoryqueue.local.migrate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Hands sessions in to memory-api, and waits when it asks for that. */
final class HandIn implements AutoCloseable {

    private static final int MOST_TRIES = 100;
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(5);
    private static final long LONGEST_PAUSE_SECONDS = 300;

    private final URI route;
    private final String token;
    private final Pause pause;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** How time is let pass. */
    @FunctionalInterface
    interface Pause {
        void of(Duration length) throws InterruptedException;
    }

    /** What became of a session. */
    enum Outcome {
        QUEUED,
        KNOWN,
        REFUSED
    }

    /** What was answered. */
    record Answer(Outcome outcome, int status) {}

    /**
     * The way to an API.
     *
     * @param api its root
     * @param token of a service or an admin
     */
    HandIn(URI api, String token, Pause pause) {
        this.route = api.resolve("/api/student/memory");
        this.token = token;
        this.pause = pause;
    }

    /**
     * Hands one in.
     *
     * @param key the same whenever the same session is handed in
     * @throws IOException when this session is not to blame: then no other would fare better
     */
    Answer handIn(byte[] session, String key) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(route)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofByteArray(session))
                .build();
        for (int attempt = 1; attempt <= MOST_TRIES; attempt++) {
            HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
            switch (response.statusCode()) {
                case 202 -> {
                    return new Answer(Outcome.QUEUED, 202);
                }
                case 200 -> {
                    return new Answer(Outcome.KNOWN, 200);
                }
                case 400, 413, 422 -> {
                    return new Answer(Outcome.REFUSED, response.statusCode());
                }
                case 429, 502, 503, 504 -> pause.of(retryAfter(response));
                case 401, 403 ->
                    throw new IOException("The token was answered with " + response.statusCode()
                            + ": it must be of a service or an admin, and still valid");
                default -> throw new IOException(route + " answered with " + response.statusCode());
            }
        }
        throw new IOException(route + " has asked to wait " + MOST_TRIES + " times in a row");
    }

    /** The header as a number of seconds, which is what memory-api sends. */
    private static Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(seconds -> Duration.ofSeconds(Math.min(Long.parseLong(seconds), LONGEST_PAUSE_SECONDS)))
                .orElse(USUAL_PAUSE);
    }

    @Override
    public void close() {
        client.close();
    }
}
