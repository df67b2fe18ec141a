package org.memoryqueue.deployment;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads {@code LOG_LEVEL}. It governs our own code; the libraries beneath stay at INFO unless it asks for less. */
final class LogLevel {

    private static final Set<String> LEVELS = Set.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE");

    private LogLevel() {}

    static Map<String, String> settings(String level) {
        String word = level.toUpperCase(Locale.ROOT);
        if (!LEVELS.contains(word)) {
            throw new IllegalArgumentException("LOG_LEVEL must be one of error, warn, info, debug, trace");
        }
        String libraries = Set.of("DEBUG", "TRACE").contains(word) ? "INFO" : word;
        return Map.of("quarkus.log.category.\"org.memoryqueue\".level", word, "quarkus.log.level", libraries);
    }
}
