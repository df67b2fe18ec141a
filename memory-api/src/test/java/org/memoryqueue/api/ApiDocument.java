package org.memoryqueue.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The description of the API, as it was written by hand. */
final class ApiDocument {

    private static final String SOURCE = "/META-INF/openapi.yaml";
    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final SchemaValidatorsConfig STRICTLY =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final JsonNode root;

    private ApiDocument(JsonNode root) {
        this.root = root;
    }

    /** One method of one path. */
    record Operation(String method, String path, JsonNode description) {

        private boolean isAt(String requested) {
            return requested.matches(literal(path));
        }

        private int parameters() {
            return (int) PARAMETER.matcher(path).results().count();
        }

        private static String literal(String path) {
            StringBuilder regex = new StringBuilder();
            Matcher matcher = PARAMETER.matcher(path);
            int end = 0;
            while (matcher.find()) {
                regex.append(Pattern.quote(path.substring(end, matcher.start())))
                        .append("[^/]+");
                end = matcher.end();
            }
            return regex.append(Pattern.quote(path.substring(end))).toString();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static ApiDocument written() {
        try (InputStream source = ApiDocument.class.getResourceAsStream(SOURCE)) {
            return new ApiDocument(new YAMLMapper().readTree(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode root() {
        return root;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (method.getValue().isObject()) {
                        operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
                    }
                }));
        return operations;
    }

    /** The operation that a request is for; of several paths that fit, the one with fewer parameters. */
    Optional<Operation> operation(String method, String path) {
        return operations().stream()
                .filter(operation -> operation.method().equals(method) && operation.isAt(path))
                .min(Comparator.comparingInt(Operation::parameters));
    }

    /** The same node, or the component to which it refers. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }

    JsonNode schema(String component) {
        return root.at("/components/schemas/" + component);
    }

    /** What about a value is against a schema of this document. */
    List<String> violations(JsonNode schema, JsonNode value) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", root.get("components"));
        return SCHEMAS.getSchema(whole, STRICTLY).validate(value).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
