package org.memoryqueue.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How an answer differs from what was promised: field by field, type by type, null by null. */
final class Differences {

    private final Map<String, JsonNode> added;
    private final List<String> found = new ArrayList<>();

    private Differences(Map<String, JsonNode> added) {
        this.added = added;
    }

    /**
     * Compares an answer with the golden one.
     *
     * @param added what the answer may hold besides, and must as well, by path; {@code [*]} stands for any index
     * @return each difference with its path
     */
    static List<String> between(JsonNode golden, JsonNode actual, Map<String, JsonNode> added) {
        Differences differences = new Differences(added);
        differences.compare("$", golden, actual);
        return differences.found;
    }

    private void compare(String path, JsonNode golden, JsonNode actual) {
        Optional<Placeholder> placeholder = Placeholder.of(golden);
        if (placeholder.isPresent()) {
            if (!placeholder.get().allows(actual)) {
                differ(path, golden, actual);
            }
        } else if (golden.isObject() && actual.isObject()) {
            compareFields(path, golden, actual);
        } else if (golden.isArray() && actual.isArray()) {
            compareItems(path, golden, actual);
        } else if (!isSame(golden, actual)) {
            differ(path, golden, actual);
        }
    }

    private void compareFields(String path, JsonNode golden, JsonNode actual) {
        Map<String, JsonNode> promised = new TreeMap<>();
        golden.properties().forEach(field -> promised.put(field.getKey(), field.getValue()));
        String prefix = path.replaceAll("\\[\\d+]", "[*]") + ".";
        added.forEach((place, value) -> {
            if (place.startsWith(prefix) && place.indexOf('.', prefix.length()) < 0) {
                promised.put(place.substring(prefix.length()), value);
            }
        });
        promised.forEach((name, value) -> {
            if (actual.has(name)) {
                compare(path + "." + name, value, actual.get(name));
            } else {
                found.add(path + "." + name + " is missing");
            }
        });
        actual.fieldNames().forEachRemaining(name -> {
            if (!promised.containsKey(name)) {
                found.add(path + "." + name + " was not promised");
            }
        });
    }

    private void compareItems(String path, JsonNode golden, JsonNode actual) {
        if (golden.size() != actual.size()) {
            differ(path, golden, actual);
            return;
        }
        for (int i = 0; i < golden.size(); i++) {
            compare(path + "[" + i + "]", golden.get(i), actual.get(i));
        }
    }

    /** To a reader of JSON 1 and 1.0 are one number. */
    private static boolean isSame(JsonNode golden, JsonNode actual) {
        if (golden.isNumber() && actual.isNumber()) {
            return golden.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        return golden.equals(actual);
    }

    private void differ(String path, JsonNode golden, JsonNode actual) {
        found.add(path + " is " + actual + ", not " + golden);
    }
}
