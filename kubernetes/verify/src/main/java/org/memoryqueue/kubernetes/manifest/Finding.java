package org.memoryqueue.kubernetes.manifest;

/**
 * Something that is wrong with a manifest.
 *
 * @param rule the rule that it breaks
 * @param object the object, as kind/name
 * @param message what is wrong, for a person
 */
public record Finding(String rule, String object, String message) {

    @Override
    public String toString() {
        return rule + ": " + object + ": " + message;
    }
}
