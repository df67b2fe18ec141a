package org.memoryqueue.summariser.extractive;

/**
 * The language in which most of a conversation is held, as far as it shows.
 *
 * @param name its English name, e.g. {@code German}, or that of its script
 * @param stopWords its words without a topic
 */
record Language(String name, StopWords stopWords) {

    static final String ENGLISH = "English";
    static final String GERMAN = "German";

    boolean isEnglish() {
        return name.equals(ENGLISH);
    }

    /** Whether every noun has a capital, so that a capital makes no name. */
    boolean capitalisesNouns() {
        return name.equals(GERMAN);
    }
}
