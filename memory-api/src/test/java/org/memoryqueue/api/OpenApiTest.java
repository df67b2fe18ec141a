package org.memoryqueue.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.memoryqueue.api.ApiDocument.Operation;
import org.memoryqueue.api.Routes.Route;

/** The description of the API: that it is complete, true to itself, and the one that is served. */
@QuarkusTest
@QuarkusTestResource(LocalStores.class)
class OpenApiTest {

    private static final Path COPY = Path.of("..", "docs", "openapi.yaml");

    /** Every route takes one, by no code of its own. */
    private static final String REQUEST_ID = "header X-Request-Id";

    private final ApiDocument document = ApiDocument.written();

    @Test
    void servesWhatIsWrittenAndNothingElse() {
        String served = given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(ApiDocument.json(served))
                .isEqualTo(ApiDocument.json(document.root().toString()));
        assertThat(document.root().get("openapi").asText()).startsWith("3.1.");
    }

    @Test
    void isTheSameAsTheCopyInTheDocumentation() throws IOException {
        String served = given().get("/q/openapi?format=yaml")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(COPY, served);
        }

        assertThat(Files.exists(COPY) ? Files.readString(COPY) : "")
                .as("docs/openapi.yaml is not what is served; renew it with"
                        + " ./mvnw test -pl memory-api -am -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dopenapi.write=true")
                .isEqualTo(served);
    }

    @Test
    void describesEveryRouteAndItsParameters() {
        Set<String> written = document.operations().stream()
                .map(operation -> operation + " " + parameters(operation))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> compiled = Routes.all().stream()
                .map(route -> {
                    Set<String> parameters = new TreeSet<>(route.parameters());
                    parameters.add(REQUEST_ID);
                    return route.method() + " " + route.path() + " " + parameters;
                })
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(written).isEqualTo(compiled).isNotEmpty();
    }

    private Set<String> parameters(Operation operation) {
        Set<String> parameters = new TreeSet<>();
        for (JsonNode list : List.of(
                document.root().get("paths").get(operation.path()).path("parameters"),
                operation.description().path("parameters"))) {
            list.forEach(entry -> {
                JsonNode parameter = document.resolved(entry);
                parameters.add(parameter.get("in").asText() + " "
                        + parameter.get("name").asText());
            });
        }
        return parameters;
    }

    @Test
    void saysWhoMayAskWithoutAToken() {
        Set<String> open = Routes.all().stream()
                .filter(Route::open)
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toSet());

        for (Operation operation : document.operations()) {
            boolean described = operation.description().path("security").isArray();
            assertThat(described).as("%s is open", operation).isEqualTo(open.contains(operation.toString()));
            assertThat(operation.description().get("responses").has("401"))
                    .as("%s answers 401", operation)
                    .isNotEqualTo(described);
        }
    }

    @Test
    void namesEveryOperation() {
        List<String> ids = new ArrayList<>();
        Set<String> tags = StreamSupport.stream(document.root().get("tags").spliterator(), false)
                .map(tag -> tag.get("name").asText())
                .collect(Collectors.toSet());
        for (Operation operation : document.operations()) {
            ids.add(operation.description().path("operationId").asText());
            assertThat(operation.description().path("summary").asText())
                    .as("summary of %s", operation)
                    .isNotBlank();
            assertThat(tags)
                    .as("tag of %s", operation)
                    .contains(operation.description().at("/tags/0").asText());
        }

        assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
    }

    @Test
    void givesExamplesThatAreTrueToTheirSchemas() {
        List<String> wrong = new ArrayList<>();
        int bodies = 0;
        int values = 0;
        for (Operation operation : document.operations()) {
            if (operation.description().has("requestBody")) {
                bodies += check(
                        wrong, operation + ", request", operation.description().get("requestBody"));
            }
            for (var response : operation.description().get("responses").properties()) {
                bodies += check(wrong, operation + ", " + response.getKey(), document.resolved(response.getValue()));
            }
        }
        for (String kind : List.of("parameters", "headers")) {
            for (var component : document.root().get("components").get(kind).properties()) {
                values += checkOne(wrong, component.getKey(), component.getValue());
            }
        }
        System.out.printf(
                "OpenAPI: %d routes, examples of %d bodies and %d parameters and headers checked, %d wrong%n",
                document.operations().size(), bodies, values, wrong.size());

        assertThat(wrong).isEmpty();
    }

    /** Checks the examples of all types of content; returns how many there were. */
    private int check(List<String> wrong, String place, JsonNode described) {
        int count = 0;
        for (var content : described.path("content").properties()) {
            int found = checkOne(wrong, place, content.getValue());
            if (found == 0) {
                wrong.add(place + ": there is no example of " + content.getKey());
            }
            count += found;
        }
        return count;
    }

    private int checkOne(List<String> wrong, String place, JsonNode described) {
        List<JsonNode> examples = new ArrayList<>();
        if (described.has("example")) {
            examples.add(described.get("example"));
        }
        described.path("examples").forEach(example -> examples.add(example.get("value")));
        for (JsonNode example : examples) {
            document.violations(described.get("schema"), example)
                    .forEach(violation -> wrong.add(place + ": " + violation + " in " + example));
        }
        return examples.size();
    }

    @Test
    void hidesThePageToTryItUnlessItIsAskedFor() {
        given().get("/q/swagger-ui/").then().statusCode(404);
    }
}
