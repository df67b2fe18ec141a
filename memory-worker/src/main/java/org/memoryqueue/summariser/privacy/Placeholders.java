package org.memoryqueue.summariser.privacy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Transcript;

/**
 * What stands for the personal data of one transcript: {@code [EMAIL-1-k7qd]}, where the last part is a mark that occurs
 * nowhere in the transcript, so that nothing that was said can be taken for a placeholder. Equal data have equal
 * placeholders. The mark is derived from what remains when the data are gone, so it tells nothing about them, and the same
 * transcript is masked alike each time.
 */
final class Placeholders {

    private static final String LETTERS = "bcdfghjkmnpqrstvwxz";
    private static final String DIGITS = "23456789";
    private static final int MARK_LENGTH = 4;

    /** What was put instead of data whose placeholder the model has damaged. */
    static final String LOST = "…";

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> originals = new ArrayList<>();
    private final List<Kind> kinds = new ArrayList<>();
    private final String mark;
    private final Transcript transcript;
    private final Transcript masked;

    private Placeholders(Transcript transcript, List<List<Span>> spans) {
        this.transcript = transcript;
        mark = mark(transcript, spans);
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            Message message = transcript.messages().get(i);
            messages.add(new Message(message.role(), masked(message.content(), spans.get(i))));
        }
        masked = new Transcript(transcript.session(), messages);
    }

    static Placeholders of(Transcript transcript, PersonalData data) {
        List<List<Span>> spans = transcript.messages().stream()
                .map(message -> data.in(message.content()))
                .toList();
        return new Placeholders(transcript, spans);
    }

    /** The transcript with placeholders. */
    Transcript masked() {
        return masked;
    }

    private String masked(String text, List<Span> spans) {
        StringBuilder result = new StringBuilder();
        int end = 0;
        for (Span span : spans) {
            String original = text.substring(span.start(), span.end());
            int number = numbers.computeIfAbsent(original, data -> {
                originals.add(data);
                kinds.add(span.kind());
                return originals.size();
            });
            result.append(text, end, span.start())
                    .append('[')
                    .append(kinds.get(number - 1))
                    .append('-')
                    .append(number)
                    .append('-')
                    .append(mark)
                    .append(']');
            end = span.end();
        }
        return result.append(text, end, text.length()).toString();
    }

    private static String mark(Transcript transcript, List<List<Span>> spans) {
        MessageDigest digest = sha256();
        List<String> remains = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            String text = transcript.messages().get(i).content();
            remains.add(text.toLowerCase(Locale.ROOT));
            int end = 0;
            for (Span span : spans.get(i)) {
                digest.update(text.substring(end, span.start()).getBytes(StandardCharsets.UTF_8));
                end = span.end();
            }
            digest.update(text.substring(end).getBytes(StandardCharsets.UTF_8));
        }
        byte[] hash = digest.digest();
        String mark = mark(hash);
        while (occurs(mark, remains)) {
            hash = sha256().digest(hash);
            mark = mark(hash);
        }
        return mark;
    }

    private static boolean occurs(String mark, List<String> texts) {
        return texts.stream().anyMatch(text -> text.contains(mark));
    }

    /** Three letters and a digit, which make no word; the first is no digit, so that the number before it has an end. */
    private static String mark(byte[] hash) {
        StringBuilder mark = new StringBuilder();
        for (int i = 0; i < MARK_LENGTH; i++) {
            String signs = i == 1 ? DIGITS : LETTERS;
            mark.append(signs.charAt((hash[i] & 0xFF) % signs.length()));
        }
        return mark.toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Whether nothing had to be masked. */
    boolean isEmpty() {
        return originals.isEmpty();
    }

    /**
     * Puts the data back into a text of the model. A placeholder that the model has changed, but that still says which it is,
     * is restored; of any other that is damaged or made up only {@value #LOST} remains, never somebody else's data.
     *
     * @param mostCharacters where the restored text is cut off: data may be long, and a model may name them often
     */
    String restored(String text, int mostCharacters) {
        List<PlaceholderReader.Found> all = new PlaceholderReader(mark).in(text);
        if (all.isEmpty()) {
            return text;
        }
        StringBuilder result = new StringBuilder();
        int end = 0;
        for (PlaceholderReader.Found found : all) {
            boolean said = !found.isMarked() && wasSaid(text.substring(found.start(), found.end()));
            append(result, text.substring(end, said ? found.end() : found.start()), mostCharacters);
            append(result, said ? "" : original(found), mostCharacters);
            end = found.end();
            if (result.length() >= mostCharacters) {
                break;
            }
        }
        append(result, text.substring(end), mostCharacters);
        return withoutHalfACharacter(result).toString();
    }

    private static void append(StringBuilder result, String text, int mostCharacters) {
        result.append(text, 0, Math.min(text.length(), mostCharacters - result.length()));
    }

    private static StringBuilder withoutHalfACharacter(StringBuilder text) {
        int last = text.length() - 1;
        if (last >= 0 && Character.isHighSurrogate(text.charAt(last))) {
            text.setLength(last);
        }
        return text;
    }

    private boolean wasSaid(String text) {
        return transcript.messages().stream()
                .anyMatch(message -> message.content().contains(text));
    }

    private String original(PlaceholderReader.Found found) {
        int index = found.number() - 1;
        if (!found.isMarked() || index < 0 || index >= originals.size()) {
            return LOST;
        }
        boolean otherKind = found.kind().isPresent() && found.kind().get() != kinds.get(index);
        return otherKind ? LOST : originals.get(index);
    }
}
