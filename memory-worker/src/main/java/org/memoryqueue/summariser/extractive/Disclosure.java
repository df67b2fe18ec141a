package org.memoryqueue.summariser.extractive;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps track of who said what first, while a conversation is read in order, to tell an answer of the student's own
 * from one that repeats the tutor.
 *
 * <p>What stands in a question, or was said before the student's first attempt, belongs to the task. What the tutor
 * states later, without the student having said it before, is given away.
 */
final class Disclosure {

    /** An answer without numbers repeats the tutor when at least this share of its words was given away. */
    private static final double REPEATED = 0.75;

    private final StopWords stopWords;
    private final Set<String> byStudent = new HashSet<>();
    private final Set<String> task = new HashSet<>();
    private final Set<String> given = new HashSet<>();
    private boolean attempted;

    Disclosure(StopWords stopWords) {
        this.stopWords = stopWords;
    }

    void hearTutor(Utterance tutor) {
        for (Sentence sentence : tutor.sentences()) {
            Set<String> said = tokens(sentence);
            if (!attempted) {
                task.addAll(said);
            } else if (!sentence.isQuestion()) {
                said.stream()
                        .filter(token -> !byStudent.contains(token) && !task.contains(token))
                        .forEach(given::add);
            }
        }
    }

    void hearStudent(Utterance student, Move move) {
        attempted |= move == Move.ATTEMPT;
        student.sentences().forEach(sentence -> byStudent.addAll(tokens(sentence)));
    }

    /** Whether what an answer comes to was given away by the tutor before. Ask before the answer itself is heard. */
    boolean isTold(Utterance answer) {
        Optional<String> result = result(answer);
        if (result.isPresent()) {
            return given.contains(result.get());
        }
        List<String> content = answer.words()
                .filter(stopWords::isContent)
                .map(Word::text)
                .filter(token -> !task.contains(token))
                .distinct()
                .toList();
        long repeated = content.stream().filter(given::contains).count();
        return repeated > 0 && repeated >= REPEATED * content.size();
    }

    /** The number that an answer comes to: its last one. */
    static Optional<String> result(Utterance answer) {
        return answer.words().filter(Word::isNumber).map(Word::text).reduce((earlier, later) -> later);
    }

    private Set<String> tokens(Sentence sentence) {
        return sentence.words().stream()
                .filter(word -> word.isNumber() || stopWords.isContent(word))
                .map(Word::text)
                .collect(Collectors.toSet());
    }
}
