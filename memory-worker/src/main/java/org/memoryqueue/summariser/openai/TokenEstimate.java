package org.memoryqueue.summariser.openai;

/**
 * How many tokens a text has at most, as far as can be told without the tokenizer of a model. In thirds of a token: 1 for
 * an ASCII letter or a space; 3 for any other ASCII character; for the rest, by the length in UTF-8, 3 (two bytes), 6
 * (three bytes) and 12 (four bytes).
 *
 * <p>The tokenizers in use work on bytes of UTF-8, so that a text never has more tokens than bytes. This estimate is that
 * bound or near it, but for words, of which English has about four letters to a token: there it reckons with three. Only
 * letters without sense, such as base64, have more than it says; three times as many at the very most.
 */
final class TokenEstimate {

    static final int THIRDS = 3;

    private TokenEstimate() {}

    static int of(String text) {
        long thirds = text.codePoints().mapToLong(TokenEstimate::thirds).sum();
        return Math.toIntExact((thirds + THIRDS - 1) / THIRDS);
    }

    static int thirds(int codePoint) {
        if (codePoint < 0x80) {
            boolean word =
                    codePoint == ' ' || codePoint >= 'a' && codePoint <= 'z' || codePoint >= 'A' && codePoint <= 'Z';
            return word ? 1 : THIRDS;
        }
        if (codePoint < 0x800) {
            return THIRDS;
        }
        return codePoint < 0x10000 ? 2 * THIRDS : 4 * THIRDS;
    }
}
