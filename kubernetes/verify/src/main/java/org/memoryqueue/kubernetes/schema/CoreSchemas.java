package org.memoryqueue.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.JSON;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.memoryqueue.kubernetes.manifest.Check;
import org.memoryqueue.kubernetes.manifest.Finding;
import org.memoryqueue.kubernetes.manifest.Findings;
import org.memoryqueue.kubernetes.manifest.Manifests;

/**
 * Holds Kubernetes' own kinds against the models of its Java client: unknown and missing fields are refused by the model,
 * and what would be read as something else (a number in quotes, say) shows when it is written out again.
 */
public final class CoreSchemas implements Check {

    static final String RULE = "schema";

    private static final String MODELS = "io.kubernetes.client.openapi.models.";
    private static final Map<String, String> PREFIXES = Map.of("v1", "V1", "v2", "V2");

    /** Groups of Kubernetes itself; others are custom resources, which {@link TypedLiterals} looks at. */
    private static final List<String> GROUPS =
            List.of("", "apps", "autoscaling", "batch", "networking.k8s.io", "policy", "rbac.authorization.k8s.io");

    @Override
    public List<Finding> check(Manifests manifests) {
        Findings findings = new Findings();
        manifests.objects().stream()
                .filter(CoreSchemas::isCore)
                .forEach(object -> problem(object).ifPresent(problem -> findings.add(RULE, object, problem)));
        return findings.all();
    }

    static boolean isCore(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        return GROUPS.contains(apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "");
    }

    private static Optional<String> problem(ObjectNode object) {
        String apiVersion = object.path("apiVersion").asText();
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        String model = MODELS
                + PREFIXES.getOrDefault(version, version)
                + object.path("kind").asText();
        try {
            Class<?> type = Class.forName(model);
            JsonObject json = JsonParser.parseString(object.toString()).getAsJsonObject();
            type.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
            Object read = JSON.getGson().fromJson(json, type);
            return difference("", json, JSON.getGson().toJsonTree(read));
        } catch (ClassNotFoundException e) {
            return Optional.of("no such kind: " + apiVersion + " " + object.path("kind"));
        } catch (InvocationTargetException e) {
            return Optional.of(String.valueOf(e.getTargetException().getMessage()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Where the two differ first. What is written out has at least what was read, and defaults beside it. */
    private static Optional<String> difference(String path, JsonElement read, JsonElement written) {
        if (read.isJsonObject() && written.isJsonObject()) {
            return read.getAsJsonObject().entrySet().stream()
                    .flatMap(entry ->
                            Optional.ofNullable(written.getAsJsonObject().get(entry.getKey()))
                                    .map(other -> difference(path + "/" + entry.getKey(), entry.getValue(), other))
                                    .orElseGet(() -> Optional.of(path + "/" + entry.getKey() + " is not known"))
                                    .stream())
                    .findFirst();
        }
        if (read.isJsonArray() && written.isJsonArray()) {
            for (int i = 0; i < read.getAsJsonArray().size(); i++) {
                Optional<String> found = difference(
                        path + "/" + i,
                        read.getAsJsonArray().get(i),
                        written.getAsJsonArray().get(i));
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
        return same(read, written)
                ? Optional.empty()
                : Optional.of(path + " is " + read + ", which would be read as " + written);
    }

    private static boolean same(JsonElement read, JsonElement written) {
        return read.equals(written) || sameQuantity(read, written);
    }

    private static boolean sameQuantity(JsonElement read, JsonElement written) {
        if (!read.isJsonPrimitive()
                || !written.isJsonPrimitive()
                || !written.getAsJsonPrimitive().isString()) {
            return false;
        }
        try {
            return Quantity.fromString(read.getAsString())
                            .getNumber()
                            .compareTo(
                                    Quantity.fromString(written.getAsString()).getNumber())
                    == 0;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
