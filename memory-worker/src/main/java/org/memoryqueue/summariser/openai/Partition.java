package org.memoryqueue.summariser.openai;

import java.util.ArrayList;
import java.util.List;
import org.memoryqueue.summariser.RejectedTranscriptException;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Transcript;

/**
 * Cuts a transcript into parts between messages, each as full as it can be; only a message that would not fit into a part
 * of its own is cut into pieces. Nothing that student or tutor said is left out.
 */
final class Partition {

    /** The most that is written around a message: its header, behind a mark. */
    static final int TOKENS_AROUND_A_MESSAGE = 64;

    private final int capacity;
    private final List<List<Piece>> parts = new ArrayList<>();
    private List<Piece> current = new ArrayList<>();
    private int used;

    private Partition(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Cuts a transcript.
     *
     * @param capacity how many tokens, as they are estimated, a part may have
     * @throws RejectedTranscriptException if it would have more parts than it may
     */
    static List<Part> of(Transcript transcript, int capacity, int mostParts) {
        Partition partition = new Partition(capacity);
        List<Message> messages = transcript.messages();
        for (int index = 0; index < messages.size(); index++) {
            if (messages.get(index).isSpoken()) {
                partition.add(index, messages.get(index));
            }
        }
        return partition.finish(mostParts);
    }

    private void add(int index, Message message) {
        List<String> texts = cut(message.content());
        for (int number = 1; number <= texts.size(); number++) {
            String text = texts.get(number - 1);
            int tokens = TokenEstimate.of(text) + TOKENS_AROUND_A_MESSAGE;
            if (used + tokens > capacity) {
                close();
            }
            current.add(new Piece(index, message.isStudent(), text, number, texts.size()));
            used += tokens;
        }
    }

    private void close() {
        if (!current.isEmpty()) {
            parts.add(current);
            current = new ArrayList<>();
            used = 0;
        }
    }

    private List<Part> finish(int mostParts) {
        close();
        if (parts.size() > mostParts) {
            throw new RejectedTranscriptException("the transcript would have to be cut into more than " + mostParts
                    + " parts (MEMORY_LLM_MAX_PARTS)");
        }
        List<Part> numbered = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            numbered.add(new Part(i + 1, parts.size(), parts.get(i)));
        }
        return List.copyOf(numbered);
    }

    /** The text, or its pieces if it does not fit into a part; the first of them fills the current part, if that is worth it. */
    private List<String> cut(String text) {
        int most = capacity - TOKENS_AROUND_A_MESSAGE;
        if (TokenEstimate.of(text) <= most) {
            return List.of(text);
        }
        int left = most - used;
        return cut(text, left >= capacity / 4 ? left : most, most);
    }

    /**
     * Cuts a text where a piece would have too many tokens; after a space, if one is near, and never within a character.
     *
     * @param mostOfFirst how many tokens the first piece may have
     * @param most how many any other may have
     */
    static List<String> cut(String text, int mostOfFirst, int most) {
        int mostThirds = mostOfFirst * TokenEstimate.THIRDS;
        List<String> pieces = new ArrayList<>();
        int start = 0;
        int afterSpace = 0;
        int thirds = 0;
        int thirdsAfterSpace = 0;
        for (int at = 0; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            int next = TokenEstimate.thirds(codePoint);
            if (thirds + next > mostThirds) {
                boolean near = afterSpace > start && thirdsAfterSpace < mostThirds / 4;
                int end = near ? afterSpace : at;
                pieces.add(text.substring(start, end));
                thirds = near ? thirdsAfterSpace : 0;
                start = end;
                afterSpace = start;
                thirdsAfterSpace = thirds;
                mostThirds = most * TokenEstimate.THIRDS;
            }
            thirds += next;
            thirdsAfterSpace += next;
            at += Character.charCount(codePoint);
            if (Character.isWhitespace(codePoint)) {
                afterSpace = at;
                thirdsAfterSpace = 0;
            }
        }
        pieces.add(text.substring(start));
        return List.copyOf(pieces);
    }
}
