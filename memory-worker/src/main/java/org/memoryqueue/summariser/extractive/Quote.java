package org.memoryqueue.summariser.extractive;

/**
 * A verbatim piece of one message.
 *
 * @param messageIndex 0-based index of the message among those that were sent
 * @param text the piece, never blank
 * @param cutBefore whether its sentence goes on before it
 * @param cutAfter whether its sentence goes on after it
 */
record Quote(int messageIndex, String text, boolean cutBefore, boolean cutAfter) {

    private static final int MOST_CHARACTERS_PER_WORD = 12;

    /** Quotes the beginning of a sentence. */
    static Quote head(Utterance utterance, Sentence sentence, int mostWords) {
        return from(utterance, sentence, 0, mostWords);
    }

    /** Quotes a sentence around one place of it. */
    static Quote around(Utterance utterance, Sentence sentence, int place, int mostWords) {
        Quote head = head(utterance, sentence, mostWords);
        return place < head.text().length()
                ? head
                : from(utterance, sentence, wordStart(sentence.text(), place), mostWords);
    }

    private static Quote from(Utterance utterance, Sentence sentence, int start, int mostWords) {
        String text = sentence.text();
        int limit = Math.min(text.length(), start + mostWords * MOST_CHARACTERS_PER_WORD);
        int end = start;
        for (int words = 0, at = start; words < mostWords && at < text.length(); words++) {
            int wordEnd = nextSpace(text, at);
            if (wordEnd > limit) {
                break;
            }
            end = wordEnd;
            at = skipSpaces(text, wordEnd);
        }
        end = end > start ? end : boundary(text, limit);
        return new Quote(utterance.index(), text.substring(start, end), start > 0, end < text.length());
    }

    /** Quotes the end of a sentence, where the result of a calculation stands. */
    static Quote tail(Utterance utterance, Sentence sentence, int mostWords) {
        String text = sentence.text();
        int limit = Math.max(0, text.length() - mostWords * MOST_CHARACTERS_PER_WORD);
        int start = text.length();
        for (int words = 0, at = text.length(); words < mostWords && at > 0; words++) {
            int wordStart = wordStart(text, at);
            if (wordStart < limit) {
                break;
            }
            start = wordStart;
            at = skipSpacesBack(text, wordStart);
        }
        start = start < text.length() ? start : boundary(text, limit);
        return new Quote(utterance.index(), text.substring(start), start > 0, false);
    }

    /** The quote in quotation marks, with an ellipsis where its sentence was cut. */
    String display() {
        return "“" + (cutBefore ? "… " : "") + text + (cutAfter ? " …" : "") + "”";
    }

    /** The quote as the end of a sentence: with a full stop unless it brings one. */
    String displayAtEnd() {
        boolean stops = !cutAfter && ".!?…。！？؟।".indexOf(text.charAt(text.length() - 1)) >= 0;
        return display() + (stops ? "" : ".");
    }

    private static int nextSpace(String text, int from) {
        int at = from;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int skipSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int wordStart(String text, int to) {
        int at = to;
        while (at > 0 && !Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private static int skipSpacesBack(String text, int to) {
        int at = to;
        while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /** Never between the two halves of one character. */
    private static int boundary(String text, int index) {
        boolean splits = index > 0
                && index < text.length()
                && Character.isLowSurrogate(text.charAt(index))
                && Character.isHighSurrogate(text.charAt(index - 1));
        return splits ? index - 1 : index;
    }
}
