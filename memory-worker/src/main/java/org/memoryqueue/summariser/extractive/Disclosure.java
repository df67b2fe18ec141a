package org.memoryqueue.summariser.extractive;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps track of who said what first, while a conversation is read in order, to tell an answer of the student's own
 * from one that repeats the tutor.
 *
 * <p>What stands in a question, or was said before the student's first attempt, belongs to the task. What the tutor
 * states later, without the student having said it before, is given away.
 */
final class Disclosure {

    /** An answer without numbers repeats somebody when at least this share of its words was theirs. */
    private static final double REPEATED = 0.75;

    private final StopWords stopWords;
    private final Set<String> byStudent = new HashSet<>();
    private final Set<String> byTutor = new HashSet<>();
    private final Set<String> task = new HashSet<>();
    private final Set<String> given = new HashSet<>();
    private boolean attempted;

    Disclosure(StopWords stopWords) {
        this.stopWords = stopWords;
    }

    /**
     * Hears a message of the tutor.
     *
     * @return how many numbers it gives away
     */
    int hearTutor(Utterance tutor) {
        int numbers = 0;
        for (Sentence sentence : tutor.sentences()) {
            for (Word word : sentence.words()) {
                if (isToken(word)) {
                    byTutor.add(word.text());
                    numbers += hear(word, sentence) && word.isNumber() ? 1 : 0;
                }
            }
        }
        return numbers;
    }

    /** Whether the tutor's word gives something away that was not given away before. */
    private boolean hear(Word word, Sentence sentence) {
        if (!attempted) {
            task.add(word.text());
            return false;
        }
        return !sentence.isQuestion()
                && !byStudent.contains(word.text())
                && !task.contains(word.text())
                && given.add(word.text());
    }

    void hearStudent(Utterance student, Move move) {
        attempted |= move == Move.ATTEMPT;
        student.words().filter(this::isToken).map(Word::text).forEach(byStudent::add);
    }

    /** Who had said before what an answer comes to. Ask before the answer itself is heard. */
    Origin origin(Utterance answer) {
        return result(answer).map(this::ofNumber).orElseGet(() -> ofWords(answer));
    }

    private Origin ofNumber(String number) {
        if (given.contains(number)) {
            return Origin.GIVEN;
        }
        if (byTutor.contains(number)) {
            return Origin.ECHOED;
        }
        return byStudent.contains(number) ? Origin.REPEATED : Origin.NEW;
    }

    private Origin ofWords(Utterance answer) {
        List<String> content = answer.words()
                .filter(stopWords::isContent)
                .map(Word::text)
                .distinct()
                .toList();
        List<String> beyondTask =
                content.stream().filter(token -> !task.contains(token)).toList();
        if (isMostly(beyondTask, given)) {
            return Origin.GIVEN;
        }
        if (isMostly(content, byTutor)) {
            return Origin.ECHOED;
        }
        return isMostly(content, byStudent) ? Origin.REPEATED : Origin.NEW;
    }

    private static boolean isMostly(List<String> words, Set<String> heard) {
        long known = words.stream().filter(heard::contains).count();
        return known > 0 && known >= REPEATED * words.size();
    }

    /** The number that an answer comes to: its last one. */
    static Optional<String> result(Utterance answer) {
        return answer.words().filter(Word::isNumber).map(Word::text).reduce((earlier, later) -> later);
    }

    private boolean isToken(Word word) {
        return word.isNumber() || stopWords.isContent(word);
    }
}
