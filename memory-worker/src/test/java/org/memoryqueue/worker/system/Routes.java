package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Calls the routes of an API, and remembers which ones of its description were served. */
final class Routes {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final ServiceProcess api;
    private final JsonNode paths;
    private final Set<String> served = new TreeSet<>();

    Routes(HttpClient http, ServiceProcess api) throws IOException {
        this.http = http;
        this.api = api;
        this.paths = JSON.readTree(api.get("/q/openapi?format=json").body()).get("paths");
    }

    /** Every operation that the description has, as method and path. */
    Set<String> described() {
        Set<String> operations = new TreeSet<>();
        paths.properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> operations.add(operation(method, path.getKey()))));
        operations.removeIf(operation -> !operation.matches("(GET|POST|PUT|PATCH|DELETE) .*"));
        return operations;
    }

    /** The operations that have answered with success. */
    Set<String> served() {
        return served;
    }

    /** Calls an operation by its path as described, its parameters filled in by what follows, as an admin. */
    JsonNode call(int status, String method, String template, String path, @Nullable String body) throws Exception {
        HttpResponse<String> response = send(method, path, body, "Idempotency-Key", "");
        assertThat(response.statusCode())
                .as("%s %s: %s", method, path, response.body())
                .isEqualTo(status);
        if (status < 300) {
            served.add(operation(method, template));
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        return type.contains("json") && !type.contains("ndjson")
                ? JSON.readTree(response.body())
                : JSON.getNodeFactory().textNode(response.body());
    }

    JsonNode get(String path) throws Exception {
        return call(200, "GET", path.split("\\?", 2)[0], path, null);
    }

    /** Sends a request as an admin, with one more header where its value is not empty. */
    HttpResponse<String> send(String method, String path, @Nullable String body, String header, String value)
            throws Exception {
        HttpRequest.Builder request = Access.request(api, path).timeout(Duration.ofSeconds(30));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (!value.isEmpty()) {
            request.setHeader(header, value);
        }
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String operation(String method, String path) {
        return method.toUpperCase(Locale.ROOT) + " " + path;
    }
}
