package org.memoryqueue.summariser.extractive;

import java.util.List;
import java.util.Optional;

/** Counts the signals of a conversation. */
final class SignalReader {

    private static final String GIVEN = "given";

    private final Cues disclosures = Cues.load("disclosures.txt");

    Signals read(Conversation conversation) {
        List<Exchange> attempts = conversation.attempts();
        List<Exchange> judged = attempts.stream()
                .filter(exchange -> exchange.verdict() != Verdict.OPEN)
                .toList();
        return new Signals(
                (int) judged.stream()
                        .filter(exchange -> exchange.verdict() == Verdict.RIGHT)
                        .count(),
                (int) judged.stream()
                        .filter(exchange -> exchange.verdict().isRejection())
                        .count(),
                repeats(attempts),
                disclosures(conversation),
                judged.isEmpty() ? Verdict.OPEN : judged.getLast().verdict(),
                !judged.isEmpty() && judged.getLast().equals(attempts.getLast()),
                !attempts.isEmpty() && attempts.getLast().told());
    }

    private static int repeats(List<Exchange> attempts) {
        int repeats = 0;
        for (int i = 1; i < attempts.size(); i++) {
            Optional<String> result = Disclosure.result(attempts.get(i).answer());
            if (result.isPresent()
                    && attempts.get(i - 1).verdict() != Verdict.RIGHT
                    && result.equals(Disclosure.result(attempts.get(i - 1).answer()))) {
                repeats++;
            }
        }
        return repeats;
    }

    private int disclosures(Conversation conversation) {
        int first = conversation.attempts().isEmpty()
                ? Integer.MAX_VALUE
                : conversation.attempts().getFirst().answer().index();
        return (int) conversation.utterances().stream()
                .filter(utterance -> !utterance.byStudent() && utterance.index() > first)
                .filter(this::givesAway)
                .count();
    }

    private boolean givesAway(Utterance tutor) {
        return tutor.sentences().stream()
                .anyMatch(sentence -> !sentence.isQuestion()
                        && (disclosures.isIn(sentence, GIVEN) || hasFinishedSum(sentence.words())));
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
