package org.memoryqueue.summariser.extractive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.memory.Evidence;

/**
 * Finds what the student struggles with: answers that were turned down or taken back, mistakes that the student names,
 * and what they say they do not get. Each rests on the student's own words, with the tutor's correction beside them as
 * what it is.
 */
final class Struggles {

    private static final int MOST = 4;
    private static final int QUOTED_WORDS = 20;

    private final Passages passages;
    private final Reactions reactions;
    private final Findings findings;

    Struggles(Passages passages, Reactions reactions, Findings findings) {
        this.passages = passages;
        this.reactions = reactions;
        this.findings = findings;
    }

    /** The first ones, in order; an answer that comes to the same number as an earlier one is not told again. */
    List<Finding> of(Conversation conversation, Topics topics) {
        return in(conversation, QUOTED_WORDS, MOST).stream()
                .map(struggle -> finding(struggle, topics))
                .toList();
    }

    /** The first one, in the student's words, and the tutor's if they corrected it. */
    Optional<Struggle> first(Conversation conversation, int mostWords) {
        return in(conversation, mostWords, 1).stream().findFirst();
    }

    /**
     * What the tutor begins with, when it turns down an answer from before the session. The student has said nothing yet,
     * so this alone shows no struggle of theirs.
     */
    Optional<Quote> opening(Conversation conversation, int mostWords) {
        return opening(conversation.exchanges().getFirst(), mostWords);
    }

    private Optional<Quote> opening(Exchange first, int mostWords) {
        return Optional.ofNullable(first.ask())
                .filter(ask -> reactions.judge(ask).isRejection())
                .flatMap(ask -> passages.correction(ask, mostWords));
    }

    private List<Struggle> in(Conversation conversation, int mostWords, int most) {
        List<Struggle> found = new ArrayList<>();
        Set<String> told = new HashSet<>();
        List<Exchange> exchanges = conversation.exchanges();
        for (int i = 0; i < exchanges.size() && found.size() < most; i++) {
            Exchange exchange = exchanges.get(i);
            Exchange next = i + 1 < exchanges.size() ? exchanges.get(i + 1) : null;
            boolean wrong = exchange.verdict().isRejection()
                    || isTakenBack(exchange, next)
                    || isReplaced(exchange, conversation);
            corrected(exchange, mostWords)
                    .filter(struggle -> wrong && told.add(key(exchange)))
                    .ifPresent(found::add);
            named(exchange, i == 0 ? opening(exchange, mostWords) : Optional.empty(), mostWords)
                    .filter(struggle -> found.size() < most)
                    .filter(struggle -> told.add(struggle.said().text()))
                    .ifPresent(found::add);
        }
        return found;
    }

    /** What tells one wrong answer from another: the number it comes to, or else the message it stands in. */
    private static String key(Exchange exchange) {
        return Disclosure.result(exchange.answer())
                .orElseGet(() -> "message " + exchange.answer().index());
    }

    private Optional<Struggle> corrected(Exchange exchange, int mostWords) {
        return Optional.ofNullable(exchange.reaction())
                .flatMap(reaction -> passages.answer(exchange.answer(), mostWords)
                        .flatMap(said -> passages.correction(reaction, mostWords)
                                .map(correction -> new Struggle(exchange, said, correction))));
    }

    /** Whether it is a whole solution, presented on the tutor's invitation, and the student ended at another one. */
    private boolean isReplaced(Exchange exchange, Conversation conversation) {
        Utterance ask = exchange.ask();
        Optional<String> result = Disclosure.result(exchange.answer());
        return ask != null
                && exchange.equals(conversation.exchanges().getFirst())
                && exchange.isAttempt()
                && !exchange.isJudged()
                && passages.invites(ask)
                && result.isPresent()
                && conversation
                        .finalAnswer()
                        .filter(last -> !last.verdict().isRejection())
                        .flatMap(last -> Disclosure.result(last.answer()))
                        .filter(last -> !last.equals(result.get()))
                        .isPresent();
    }

    /** Whether the student comes to something else next, and says that it dawns on them. */
    private boolean isTakenBack(Exchange exchange, @Nullable Exchange next) {
        if (exchange.isJudged() || !exchange.isAttempt() || next == null || !passages.isTakenBack(next.answer())) {
            return false;
        }
        Optional<String> result = Disclosure.result(exchange.answer());
        Optional<String> corrected = Disclosure.result(next.answer());
        return result.isPresent() && corrected.isPresent() && !result.equals(corrected);
    }

    /**
     * What the student says of it themselves; to an answer that was turned down before, also that it dawns on them.
     *
     * @param turnedDown the tutor's words to an answer from before the session, where the exchange begins with them
     */
    private Optional<Struggle> named(Exchange exchange, Optional<Quote> turnedDown, int mostWords) {
        Utterance student = exchange.answer();
        return passages.admission(student, mostWords)
                .or(() -> passages.stuck(student, mostWords))
                .or(() -> turnedDown
                        .filter(correction -> passages.isTakenBack(student))
                        .flatMap(correction -> passages.beginning(student, mostWords)))
                .map(said -> new Struggle(exchange, said, turnedDown.orElse(null)));
    }

    private Finding finding(Struggle struggle, Topics topics) {
        Quote said = struggle.said();
        Quote correction = struggle.correction();
        if (correction == null) {
            return findings.finding(Evidence.Kind.STRUGGLING, struggle.exchange(), topics, said);
        }
        String words = struggle.quotes().stream()
                .map(quote -> (quote.equals(correction) ? "the tutor: " : "") + quote.display())
                .collect(Collectors.joining("; "));
        return new Finding(
                Evidence.Kind.STRUGGLING, Findings.subject(struggle.exchange(), topics) + words, struggle.quotes());
    }

    /**
     * One thing that went wrong.
     *
     * @param exchange where
     * @param said the student's words
     * @param correction the tutor's words to it; null when it is the student alone who names the mistake
     */
    record Struggle(Exchange exchange, Quote said, @Nullable Quote correction) {

        List<Quote> quotes() {
            return correction == null ? List.of(said) : List.of(said, correction);
        }
    }
}
