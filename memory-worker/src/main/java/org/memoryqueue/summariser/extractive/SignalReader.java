package org.memoryqueue.summariser.extractive;

import static org.memoryqueue.summariser.extractive.Signal.*;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the signals of a conversation. */
final class SignalReader {

    private final Disclosures disclosures;

    SignalReader(Disclosures disclosures) {
        this.disclosures = disclosures;
    }

    Signals read(Conversation conversation) {
        Map<Signal, Double> values = new EnumMap<>(Signal.class);
        List<Exchange> attempts = conversation.attempts();
        readVerdicts(attempts, values);
        readTutor(conversation, values);
        readOrigins(conversation, values);
        readRepeats(attempts, values);
        values.put(LENGTH, Math.log(conversation.utterances().size()));
        return new Signals(values);
    }

    private static void readVerdicts(List<Exchange> attempts, Map<Signal, Double> values) {
        Verdicts verdicts = Verdicts.of(attempts);
        values.put(CONFIRMED_AT_END, flag(verdicts.last() == Verdict.RIGHT));
        values.put(REJECTED_AT_END, flag(verdicts.last().isRejection()));
        values.put(JUDGED_SHARE, share(verdicts.right() + verdicts.rejections(), attempts.size()));
        double sum = 0;
        double weights = 0;
        for (Exchange attempt : attempts) {
            sum = sum / 2
                    + (attempt.verdict() == Verdict.RIGHT
                            ? 1
                            : attempt.verdict().isRejection() ? -1 : 0);
            weights = weights / 2 + 1;
        }
        values.put(RECENT_VERDICTS, weights == 0 ? 0 : sum / weights);
    }

    private void readTutor(Conversation conversation, Map<Signal, Double> values) {
        List<Utterance> utterances = conversation.utterances();
        List<Utterance> tutor =
                utterances.stream().filter(utterance -> !utterance.byStudent()).toList();
        long asking = tutor.stream()
                .filter(utterance -> utterance.sentences().stream().anyMatch(Sentence::isQuestion))
                .count();
        List<Utterance> disclosing = disclosures.in(conversation);
        values.put(TUTOR_SPEAKS_LAST, flag(!utterances.getLast().byStudent()));
        values.put(TUTOR_ASKS, share(asking, tutor.size()));
        values.put(DISCLOSURES, Math.log1p(disclosing.size()));
        values.put(
                DISCLOSED_LATE,
                disclosing.isEmpty() ? 0 : share(utterances.indexOf(disclosing.getLast()), utterances.size()));
        values.put(NUMBERS_GIVEN, Math.log1p(conversation.numbersGiven()));
    }

    private static void readOrigins(Conversation conversation, Map<Signal, Double> values) {
        Optional<Origin> ending = conversation.finalAnswer().map(Exchange::origin);
        values.put(OWN_RESULT, flag(ending.filter(Origin.NEW::equals).isPresent()));
        values.put(TUTORS_RESULT, flag(ending.filter(Origin::isTutors).isPresent()));
        values.put(TOLD_AT_END, flag(ending.filter(Origin.GIVEN::equals).isPresent()));
    }

    private static void readRepeats(List<Exchange> attempts, Map<Signal, Double> values) {
        Set<String> earlier = new HashSet<>();
        Set<String> rejected = new HashSet<>();
        int repeats = 0;
        int backToRejected = 0;
        for (Exchange attempt : attempts) {
            Optional<String> result = Disclosure.result(attempt.answer());
            if (result.isPresent()) {
                repeats += earlier.add(result.get()) ? 0 : 1;
                backToRejected += rejected.contains(result.get()) ? 1 : 0;
                if (attempt.verdict().isRejection()) {
                    rejected.add(result.get());
                }
            }
        }
        values.put(REPEATS, Math.log1p(repeats));
        values.put(BACK_TO_REJECTED, Math.log1p(backToRejected));
    }

    private static double flag(boolean holds) {
        return holds ? 1 : 0;
    }

    private static double share(long part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
