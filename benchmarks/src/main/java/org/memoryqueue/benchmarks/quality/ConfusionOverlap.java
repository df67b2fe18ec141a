package org.memoryqueue.benchmarks.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.memoryqueue.benchmarks.quality.Memories.Memory;

/**
 * Compares what the student struggled with, as the memory tells it, to the teacher's own description of the confusion.
 *
 * <p>Two texts overlap when they share enough words of content: at least four letters, not among the words that any
 * such description may hold ("student", "answer", "question"), compared by their first five letters, so that
 * "subtracted" and "subtraction" are one. Chance is measured by giving each dialogue the description of another.
 */
final class ConfusionOverlap {

    private static final Pattern NO_LETTER = Pattern.compile("[^a-z]+");
    private static final int STEM = 5;
    private static final int SHUFFLES = 200;
    private static final long SEED = 1;

    private static final Set<String> EMPTY =
            Set.copyOf(Arrays.asList(("about after also answer answers another because been being before both"
                            + " calculate calculated calculating calculation calculations cause confused confusing confusion could"
                            + " correct correctly didn't different does doesn done each even first from getting have having into"
                            + " incorrect instead just know made make making method mistake mistakes more much must need needed"
                            + " needs number numbers once only other over part problem question quite really said should since"
                            + " solution some solve solved solving start started step steps still student students such than that"
                            + " their them then there these they thing think thinking this thought through total tutor understand"
                            + " understanding understood used using very want wanted were what when where which while will with"
                            + " working would wrong your")
                    .split(" ")));

    private final List<Set<String>> struggles = new ArrayList<>();
    private final List<Set<String>> confusions = new ArrayList<>();
    private int withStruggles;

    ConfusionOverlap(List<Memory> memories) {
        for (Memory memory : memories) {
            List<String> claims = memory.summary().insights().struggling();
            withStruggles += claims.isEmpty() ? 0 : 1;
            struggles.add(stems(String.join(" ", claims)));
            confusions.add(stems(memory.dialogue().confusion()));
        }
    }

    /** How many memories tell of any struggle. */
    int withStruggles() {
        return withStruggles;
    }

    /** The share of all dialogues whose struggles share at least so many words with their own description. */
    double share(int words) {
        return share(confusions, words);
    }

    /** The same with descriptions of other dialogues, on the average of many shuffles. */
    double shuffledShare(int words) {
        List<Set<String>> shuffled = new ArrayList<>(confusions);
        Random random = new Random(SEED);
        double sum = 0;
        for (int i = 0; i < SHUFFLES; i++) {
            Collections.shuffle(shuffled, random);
            sum += share(shuffled, words);
        }
        return sum / SHUFFLES;
    }

    private double share(List<Set<String>> described, int words) {
        int overlapping = 0;
        for (int i = 0; i < struggles.size(); i++) {
            Set<String> shared = new HashSet<>(struggles.get(i));
            shared.retainAll(described.get(i));
            overlapping += shared.size() >= words ? 1 : 0;
        }
        return (double) overlapping / struggles.size();
    }

    static Set<String> stems(String text) {
        Set<String> stems = new HashSet<>();
        for (String word : NO_LETTER.split(text.toLowerCase(Locale.ROOT))) {
            if (word.length() >= 4 && !EMPTY.contains(word)) {
                stems.add(word.substring(0, Math.min(STEM, word.length())));
            }
        }
        return stems;
    }
}
