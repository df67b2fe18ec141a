package org.memoryqueue.local.tryout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The calls of memory-api that a chatbot makes. */
final class MemoryApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String root;
    private final String token;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /**
     * The calls of an API.
     *
     * @param api its root
     * @param token of a service or an admin
     */
    MemoryApi(String api, String token) {
        this.root = api + "/api/student/memory";
        this.token = token;
    }

    /** Returns the id of the job. */
    String handIn(JsonNode session) throws IOException, InterruptedException {
        HttpRequest request = request(root)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(session)))
                .build();
        return send(request).path("jobId").asText();
    }

    JsonNode job(String jobId) throws IOException, InterruptedException {
        return send(request(root + "/jobs/" + jobId).build());
    }

    /** Memories, newest first, and the profile. */
    JsonNode remembered(String studentId, String chatbotId) throws IOException, InterruptedException {
        String query = "?studentId=" + studentId + "&chatbotId=" + chatbotId + "&limit=20";
        return send(request(root + query).build());
    }

    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(20));
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IOException(root + " does not answer: see .memory-local/logs/api.log", e);
        }
        if (response.statusCode() / 100 != 2) {
            throw new IOException(request.method() + " " + request.uri().getPath() + " was answered with "
                    + response.statusCode() + reason(response.body()));
        }
        return JSON.readTree(response.body());
    }

    private static String reason(byte[] problem) throws IOException {
        try {
            String error = JSON.readTree(problem).path("error").asText("");
            return error.isEmpty() ? "" : ": " + error;
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
