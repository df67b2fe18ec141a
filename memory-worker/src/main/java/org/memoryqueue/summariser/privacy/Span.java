package org.memoryqueue.summariser.privacy;

/**
 * Where personal data stand.
 *
 * @param start index of the first character
 * @param end index after the last character
 */
record Span(int start, int end, Kind kind) {}
