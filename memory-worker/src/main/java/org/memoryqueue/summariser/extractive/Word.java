package org.memoryqueue.summariser.extractive;

/**
 * One word of a sentence, with what is needed to compare it and to find it again.
 *
 * @param text its comparable form: lower case, without apostrophes; a number without separators and idle zeros
 * @param start where it begins in the text it was read from
 * @param end where it ends, exclusive
 * @param kind what it is made of
 */
record Word(String text, int start, int end, Kind kind) {

    /** What a word is made of. */
    enum Kind {
        LETTERS,
        NUMBER,
        /** A sign of arithmetic between or after numbers, spelt one way: {@code + − × ÷ = %}. */
        SIGN
    }

    boolean isLetters() {
        return kind == Kind.LETTERS;
    }

    boolean isNumber() {
        return kind == Kind.NUMBER;
    }

    boolean isSign() {
        return kind == Kind.SIGN;
    }
}
