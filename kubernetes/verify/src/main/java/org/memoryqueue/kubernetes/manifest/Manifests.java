package org.memoryqueue.kubernetes.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What one directory renders to.
 *
 * @param name which directory
 * @param objects every object in it
 */
public record Manifests(String name, List<ObjectNode> objects) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Reads a stream of YAML documents. */
    public static Manifests parse(String name, String yaml) {
        try (var documents = YAML.readerFor(ObjectNode.class).<ObjectNode>readValues(yaml)) {
            return new Manifests(name, documents.readAll());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one document. */
    public static JsonNode parse(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy that may be changed. */
    public Manifests copy(String newName) {
        return new Manifests(
                newName,
                new ArrayList<>(objects.stream().map(ObjectNode::deepCopy).toList()));
    }

    public Stream<ObjectNode> ofKind(String kind) {
        return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    public Optional<ObjectNode> find(String kind, String objectName) {
        return ofKind(kind)
                .filter(object -> object.at("/metadata/name").asText().equals(objectName))
                .findFirst();
    }

    /** The object of that kind and name, generated names included; fails when there is none. */
    public ObjectNode get(String kind, String objectName) {
        return find(kind, objectName)
                .or(() -> generated(kind, objectName))
                .orElseThrow(() -> new NoSuchElementException(name + " has no " + kind + "/" + objectName));
    }

    /** An object whose name was given a hash of its content. */
    public Optional<ObjectNode> generated(String kind, String prefix) {
        return ofKind(kind)
                .filter(object -> object.at("/metadata/name").asText().matches(prefix + "(-[a-z0-9]{10})?"))
                .findFirst();
    }

    public List<Workload> workloads() {
        return objects.stream().flatMap(object -> Workload.of(object).stream()).toList();
    }

    public Workload workload(String workloadName) {
        return workloads().stream()
                .filter(workload -> workload.name().equals(workloadName))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(name + " has no workload " + workloadName));
    }

    /** The elements of an array; none when it is missing. */
    public static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    static String id(JsonNode object) {
        return object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
    }
}
