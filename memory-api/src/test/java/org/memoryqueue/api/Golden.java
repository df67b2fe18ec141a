package org.memoryqueue.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An answer as the wire contract promises it, from {@code golden/*.json}: the route, the status, headers, the body, and
 * what was added to it since. Values may be {@link Placeholder}s, and {@code {name}} stands for what a test knows.
 */
final class Golden {

    private final String name;
    private final String text;

    private Golden(String name, String text) {
        this.name = name;
        this.text = text;
    }

    static Golden answer(String name) {
        try (InputStream file =
                Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/" + name + ".json"), name)) {
            return new Golden(name, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Golden where(String variable, Object value) {
        return new Golden(name, text.replace("{" + variable + "}", String.valueOf(value)));
    }

    /** Fails unless a response is as promised, and as the description of the API has it. */
    Response isGivenIn(Response response) {
        JsonNode file = ApiDocument.json(text);
        List<String> differences = new ArrayList<>();
        if (response.statusCode() != file.get("status").asInt()) {
            differences.add("the status is " + response.statusCode() + ", not " + file.get("status"));
        }
        file.get("headers").properties().forEach(header -> {
            String value = response.header(header.getKey());
            String compared =
                    value != null && header.getKey().equals("Content-Type") ? value.replaceFirst(";.*", "") : value;
            differences.addAll(Differences.between(
                            header.getValue(),
                            compared == null ? MissingNode.getInstance() : TextNode.valueOf(compared),
                            Map.of())
                    .stream()
                    .map(difference -> difference.replaceFirst("^\\$", header.getKey()))
                    .toList());
        });
        Map<String, JsonNode> added = new HashMap<>();
        file.path("added").properties().forEach(field -> added.put(field.getKey(), field.getValue()));
        differences.addAll(Differences.between(file.get("body"), ApiDocument.json(response.asString()), added));
        assertThat(differences).as("%s: %s", name, response.asString()).isEmpty();

        String[] route = file.get("answers").asText().split(" ", 2);
        Conformance.check(route[0], route[1], response);
        return response;
    }
}
