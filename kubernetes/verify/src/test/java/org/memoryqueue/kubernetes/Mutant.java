package org.memoryqueue.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.List;
import org.memoryqueue.kubernetes.manifest.Manifests;

/**
 * One fault of {@code mutants.yaml}, which is planted in rendered manifests.
 *
 * @param fault what is wrong, as a reviewer would say it
 * @param in in which manifests: an overlay, a variant of one, or a scaler beside the base
 * @param rule the rule that has to find it
 * @param object the object that is changed, as kind/name
 * @param change how: {@code set}, {@code from} and {@code to}; {@code remove}; or {@code delete}
 */
record Mutant(String fault, String in, String rule, String object, JsonNode change) {

    static List<Mutant> read(String yaml) {
        return Manifests.list(Manifests.parse(yaml).path("mutants")).stream()
                .map(mutant -> new Mutant(
                        mutant.path("fault").asText(),
                        mutant.path("in").asText(),
                        mutant.path("rule").asText(),
                        mutant.path("object").asText(),
                        mutant))
                .toList();
    }

    /** What these manifests are with the fault; fails when nothing has changed. */
    Manifests planted(Manifests sound) {
        Manifests copy = sound.copy(sound.name());
        String[] id = object.split("/");
        ObjectNode target = copy.get(id[0], id[1]);
        if (change.has("delete")) {
            copy.objects().remove(target);
        } else if (change.has("remove")) {
            remove(target, change.path("remove").asText());
        } else {
            set(target, change.path("set").asText());
        }
        if (copy.objects().equals(sound.objects())) {
            throw new AssertionError("The fault changed nothing: " + fault);
        }
        return copy;
    }

    private static void remove(ObjectNode target, String pointer) {
        String field = last(pointer);
        JsonNode removed = parent(target, pointer) instanceof ArrayNode array
                ? array.remove(Integer.parseInt(field))
                : ((ObjectNode) parent(target, pointer)).remove(field);
        if (removed == null) {
            throw new AssertionError("There is no " + pointer);
        }
    }

    private void set(ObjectNode target, String pointer) {
        JsonNode parent = parent(target, pointer);
        String field = last(pointer);
        JsonNode value = change.has("from")
                ? TextNode.valueOf(parent.path(field)
                        .asText()
                        .replace(change.path("from").asText(), change.path("to").asText()))
                : change.path("to");
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(field), value);
        } else {
            ((ObjectNode) parent).set(field, value);
        }
    }

    private static JsonNode parent(JsonNode target, String pointer) {
        String[] steps = pointer.substring(1).split("/");
        JsonNode node = target;
        for (String step : Arrays.copyOf(steps, steps.length - 1)) {
            node = step.startsWith("[") ? element(node, step.substring(1, step.length() - 1)) : child(node, step);
        }
        if (node.isMissingNode()) {
            throw new AssertionError("There is no " + pointer);
        }
        return node;
    }

    private static JsonNode child(JsonNode node, String step) {
        return node.isArray() ? node.path(Integer.parseInt(step)) : node.path(unescaped(step));
    }

    private static JsonNode element(JsonNode array, String condition) {
        String[] wanted = condition.split("=");
        return Manifests.list(array).stream()
                .filter(element -> element.path(wanted[0]).asText().equals(wanted[1]))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no [" + condition + "]"));
    }

    private static String last(String pointer) {
        return unescaped(pointer.substring(pointer.lastIndexOf('/') + 1));
    }

    private static String unescaped(String field) {
        return field.replace("~1", "/").replace("~0", "~");
    }

    @Override
    public String toString() {
        return fault;
    }
}
