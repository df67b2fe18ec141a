package org.memoryqueue.summariser.extractive;

/**
 * The language in which most of a conversation is held, as far as it shows.
 *
 * @param name its English name, e.g. {@code German}, or that of its script
 * @param stopWords its words without a topic
 */
record Language(String name, StopWords stopWords) {

    static final String ENGLISH = "English";

    boolean isEnglish() {
        return name.equals(ENGLISH);
    }
}
