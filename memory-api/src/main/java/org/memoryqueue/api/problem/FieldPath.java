package org.memoryqueue.api.problem;

import com.fasterxml.jackson.databind.JsonMappingException;
import jakarta.validation.Path;

/** Names a field as the caller knows it, e.g. {@code messages[3].content}. */
final class FieldPath {

    private static final String BODY = "body";

    private FieldPath() {}

    /** The place in the body, or the parameter, without the name of our method. */
    static String of(Path path) {
        StringBuilder text = new StringBuilder();
        for (Path.Node node : path) {
            if (node.getIndex() != null) {
                text.append('[').append(node.getIndex()).append(']');
            }
            boolean named = switch (node.getKind()) {
                case PROPERTY -> true;
                case PARAMETER -> !BODY.equals(node.getName());
                default -> false;
            };
            if (named) {
                append(text, node.getName());
            }
        }
        return text.isEmpty() ? BODY : text.toString();
    }

    /** The place in the body that could not be read. */
    static String of(JsonMappingException failure) {
        StringBuilder text = new StringBuilder();
        for (JsonMappingException.Reference reference : failure.getPath()) {
            if (reference.getFieldName() == null) {
                text.append('[').append(reference.getIndex()).append(']');
            } else {
                append(text, reference.getFieldName());
            }
        }
        return text.isEmpty() ? BODY : text.toString();
    }

    private static void append(StringBuilder text, String name) {
        text.append(text.isEmpty() ? "" : ".").append(name);
    }
}
