package org.memoryqueue.summariser.extractive;

import java.util.List;

/** Recognises the messages in which the tutor gives something away. */
final class Disclosures {

    private static final String GIVEN = "given";

    private final Cues cues = Cues.load("disclosures.txt");

    /** The tutor's messages after the student's first attempt that give away an answer or work out a calculation. */
    List<Utterance> in(Conversation conversation) {
        List<Exchange> attempts = conversation.attempts();
        if (attempts.isEmpty()) {
            return List.of();
        }
        int first = attempts.getFirst().answer().index();
        return conversation.utterances().stream()
                .filter(utterance -> !utterance.byStudent() && utterance.index() > first)
                .filter(this::givesAway)
                .toList();
    }

    private boolean givesAway(Utterance tutor) {
        return tutor.sentences().stream()
                .anyMatch(sentence ->
                        !sentence.isQuestion() && (cues.isIn(sentence, GIVEN) || hasFinishedSum(sentence.words())));
    }

    /** Whether a calculation is worked out: an equals sign with a number on its right. */
    private static boolean hasFinishedSum(List<Word> words) {
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).text().equals("=") && words.get(i + 1).isNumber()) {
                return true;
            }
        }
        return false;
    }
}
