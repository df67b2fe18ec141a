package org.memoryqueue.summariser.extractive;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.memoryqueue.memory.Preference;
import org.memoryqueue.memory.Preference.Wish;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Transcript;

/** Finds how a student asked, in English, to be taught: each wish where it was first said. */
final class StatedPreferences {

    /** More of a message, or of all of them, is not read, so that the work stays bounded. */
    private static final int MOST_OF_ONE_MESSAGE = 2_000;

    private static final int MOST_CHARACTERS = 120_000;

    private static final int LONGEST_QUOTE = 160;
    private static final String ENDS_A_SENTENCE = ".!?\n\r";

    /** What comes before a phrase and turns it round: don't give me an example. */
    private static final Pattern DENIAL = Pattern.compile(
            "(?<![\\p{L}\\p{N}])(?:don['’]?t|do not|not|no|never|stop|without)\\s+"
                    + "(?:(?:want|need|like|have|to|you|ever)\\s+){0,3}$",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final int LONGEST_DENIAL = 40;

    private final Map<Wish, Phrasing> phrases = new EnumMap<>(Wish.class);

    StatedPreferences() {
        Map<Wish, List<String>> lines = new EnumMap<>(Wish.class);
        List<String> section = new ArrayList<>();
        for (String line : Resource.lines("preferences.txt")) {
            if (Resource.isSection(line)) {
                section = new ArrayList<>();
                lines.put(Wish.ofWord(line.substring(1, line.length() - 1)).orElseThrow(), section);
            } else {
                section.add(line);
            }
        }
        lines.forEach((wish, said) -> phrases.put(wish, new Phrasing(said)));
    }

    List<Preference> in(Transcript transcript) {
        List<Preference> found = new ArrayList<>();
        Set<Wish> known = EnumSet.noneOf(Wish.class);
        List<Message> messages = transcript.messages();
        int left = MOST_CHARACTERS;
        for (int index = 0; index < messages.size() && left > 0; index++) {
            Message message = messages.get(index);
            if (message.isStudent()) {
                String said = message.content();
                said = said.substring(0, Math.min(said.length(), Math.min(left, MOST_OF_ONE_MESSAGE)));
                left -= said.length();
                collect(said, index, known, found);
            }
        }
        return List.copyOf(found);
    }

    private void collect(String said, int index, Set<Wish> known, List<Preference> found) {
        phrases.forEach((wish, phrasing) -> {
            if (!known.contains(wish)) {
                phrasing.find(said, start -> !isDenied(said, start)).ifPresent(match -> {
                    known.add(wish);
                    found.add(new Preference(wish, index, quote(said, match.start(), match.end())));
                });
            }
        });
    }

    private static boolean isDenied(String said, int start) {
        return DENIAL.matcher(said.substring(Math.max(0, start - LONGEST_DENIAL), start))
                .find();
    }

    /** The sentence around a phrase; the phrase alone where that is long. */
    private static String quote(String said, int start, int end) {
        int from = start;
        while (from > 0 && ENDS_A_SENTENCE.indexOf(said.charAt(from - 1)) < 0) {
            from--;
        }
        int to = end;
        while (to < said.length() && ENDS_A_SENTENCE.indexOf(said.charAt(to)) < 0) {
            to++;
        }
        return (to - from <= LONGEST_QUOTE ? said.substring(from, to) : said.substring(start, end)).strip();
    }
}
