package org.memoryqueue.summariser.extractive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.memoryqueue.memory.Evidence;

/**
 * Finds what the student understood and what they struggle with.
 *
 * <p>The tutor's reaction gives the verdict, but the quote of something understood always comes from the student's own
 * message, and only when the tutor had not given it away before: nobody is credited with another's words. A struggle
 * rests on the student's words first; the tutor's correction is quoted beside them as what it is.
 */
final class Findings {

    private static final int MOST = 4;

    /** Each is compared with all that the tutor said before, so their number is bounded. */
    private static final int MOST_COMPARED = 20;

    private static final int QUOTED_WORDS = 20;

    private final Passages passages;

    Findings(Passages passages) {
        this.passages = passages;
    }

    /** Answers that were right and the student's own, in order; the latest when there are many. */
    List<Finding> understood(Conversation conversation, Topics topics) {
        Map<String, Finding> found = new LinkedHashMap<>();
        List<Exchange> right = conversation.exchanges().reversed().stream()
                .filter(Exchange::isRightUnaided)
                .limit(MOST_COMPARED)
                .toList();
        for (Exchange exchange : right) {
            if (found.size() < MOST) {
                passages.answer(exchange.answer(), QUOTED_WORDS)
                        .filter(quote ->
                                !passages.isBare(quote) || asked(exchange).isPresent())
                        .filter(quote -> !isTutors(quote, conversation))
                        .map(quote -> finding(Evidence.Kind.UNDERSTOOD, exchange, topics, quote))
                        .ifPresent(finding ->
                                found.putIfAbsent(finding.quotes().getFirst().text(), finding));
            }
        }
        return List.copyOf(new ArrayList<>(found.values()).reversed());
    }

    /** Answers that were turned down, mistakes that the student names, and what they say they do not get; in order. */
    List<Finding> struggling(Conversation conversation, Topics topics) {
        Map<String, Finding> found = new LinkedHashMap<>();
        for (Exchange exchange : conversation.exchanges()) {
            if (found.size() == MOST) {
                break;
            }
            struggle(exchange, topics)
                    .ifPresent(finding ->
                            found.putIfAbsent(finding.quotes().getFirst().text(), finding));
        }
        return List.copyOf(found.values());
    }

    private Optional<Finding> struggle(Exchange exchange, Topics topics) {
        Utterance answer = exchange.answer();
        Utterance reaction = exchange.reaction();
        if (exchange.verdict().isRejection() && reaction != null) {
            Optional<Quote> said = passages.answer(answer, QUOTED_WORDS);
            Optional<Quote> corrected = passages.correction(reaction, QUOTED_WORDS);
            if (said.isPresent() && corrected.isPresent()) {
                String claim = subject(exchange, topics) + said.get().display() + "; the tutor: "
                        + corrected.get().display();
                return Optional.of(new Finding(Evidence.Kind.STRUGGLING, claim, List.of(said.get(), corrected.get())));
            }
        }
        return passages.admission(answer, QUOTED_WORDS)
                .or(() -> passages.stuck(answer, QUOTED_WORDS))
                .map(quote -> finding(Evidence.Kind.STRUGGLING, exchange, topics, quote));
    }

    private Finding finding(Evidence.Kind kind, Exchange exchange, Topics topics, Quote quote) {
        return new Finding(
                kind, subject(exchange, topics) + quote.display() + question(exchange, quote), List.of(quote));
    }

    /** A bare "11" says nothing without what was asked. */
    private String question(Exchange exchange, Quote quote) {
        return passages.isBare(quote)
                ? asked(exchange).map(asked -> ", asked " + asked.display()).orElse("")
                : "";
    }

    private Optional<Quote> asked(Exchange exchange) {
        return Optional.ofNullable(exchange.ask()).flatMap(ask -> passages.question(ask, QUOTED_WORDS));
    }

    private static String subject(Exchange exchange, Topics topics) {
        List<String> names = topics.of(exchange);
        return names.isEmpty() ? "" : names.getFirst() + ": ";
    }

    /** Whether the tutor had said the same words before. */
    private static boolean isTutors(Quote quote, Conversation conversation) {
        return conversation.utterances().stream()
                .filter(utterance -> !utterance.byStudent() && utterance.index() < quote.messageIndex())
                .flatMap(utterance -> utterance.sentences().stream())
                .anyMatch(sentence -> sentence.text().contains(quote.text()));
    }
}
