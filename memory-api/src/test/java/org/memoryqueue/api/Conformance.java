package org.memoryqueue.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.util.ArrayList;
import java.util.List;
import org.memoryqueue.api.ApiDocument.Operation;

/** Holds every answer against what the API's description says of it. Unknown routes are none of its business. */
final class Conformance implements Filter {

    private static final ApiDocument DOCUMENT = ApiDocument.written();

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        String path = request.getURI().replaceFirst("^\\w+://[^/]*", "").replaceFirst("[?#].*", "");
        check(request.getMethod(), path, response);
        return response;
    }

    static void check(String method, String path, Response response) {
        DOCUMENT.operation(method, path)
                .ifPresent(operation -> assertThat(deviations(operation, response))
                        .as(
                                "%s, %d, as the API's description has it: %s",
                                operation, response.statusCode(), response.asString())
                        .isEmpty());
    }

    private static List<String> deviations(Operation operation, Response response) {
        JsonNode described = operation.description().at("/responses/" + response.statusCode());
        if (described.isMissingNode()) {
            return List.of("the status is not described");
        }
        JsonNode answer = DOCUMENT.resolved(described);
        List<String> deviations = new ArrayList<>();
        answer.path("headers").properties().forEach(header -> {
            boolean needed =
                    DOCUMENT.resolved(header.getValue()).path("required").asBoolean();
            if (needed && response.header(header.getKey()) == null) {
                deviations.add("the header " + header.getKey() + " is missing");
            }
        });
        String type = response.contentType().replaceFirst(";.*", "");
        JsonNode content = answer.path("content").path(type);
        if (content.isMissingNode()) {
            deviations.add("the type " + type + " is not described");
        } else if (type.equals("application/x-ndjson")) {
            response.asString()
                    .lines()
                    .forEach(line -> deviations.addAll(
                            DOCUMENT.violations(DOCUMENT.schema("ExportLine"), ApiDocument.json(line))));
        } else {
            JsonNode body = type.endsWith("json")
                    ? ApiDocument.json(response.asString())
                    : TextNode.valueOf(response.asString());
            deviations.addAll(DOCUMENT.violations(content.get("schema"), body));
        }
        return deviations;
    }
}
