package org.memoryqueue.summariser.extractive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.memoryqueue.memory.Evidence;

/**
 * Finds what the student understood.
 *
 * <p>The tutor's reaction gives the verdict, but the quote always comes from the student's own message, and only when
 * the tutor had not said it before: nobody is credited with another's words.
 */
final class Findings {

    private static final int MOST = 4;

    /** Each is compared with all that the tutor said before, so their number is bounded. */
    private static final int MOST_COMPARED = 20;

    private static final int QUOTED_WORDS = 20;

    private final Passages passages;
    private final Echo echo;

    Findings(Passages passages, Echo echo) {
        this.passages = passages;
        this.echo = echo;
    }

    /** Answers that were right and the student's own, in order; the latest when there are many. */
    List<Finding> understood(Conversation conversation, Topics topics) {
        Map<String, Finding> found = new LinkedHashMap<>();
        for (Exchange exchange : rightUnaided(conversation)) {
            if (found.size() < MOST) {
                passages.answer(exchange.answer(), QUOTED_WORDS)
                        .filter(quote ->
                                !passages.isBare(quote) || asked(exchange).isPresent())
                        .filter(quote -> !echo.isTutors(quote, conversation))
                        .map(quote -> finding(Evidence.Kind.UNDERSTOOD, exchange, topics, quote))
                        .ifPresent(finding ->
                                found.putIfAbsent(finding.quotes().getFirst().text(), finding));
            }
        }
        return List.copyOf(new ArrayList<>(found.values()).reversed());
    }

    /** The latest answers that the tutor confirmed and did not turn down again later, from the end. */
    private static List<Exchange> rightUnaided(Conversation conversation) {
        List<Exchange> right = new ArrayList<>();
        Set<String> rejectedLater = new HashSet<>();
        for (Exchange exchange : conversation.attempts().reversed()) {
            Optional<String> result = Disclosure.result(exchange.answer());
            if (exchange.verdict().isRejection()) {
                result.ifPresent(rejectedLater::add);
            } else if (exchange.isRightUnaided()
                    && result.filter(rejectedLater::contains).isEmpty()) {
                right.add(exchange);
            }
        }
        return right.subList(0, Math.min(right.size(), MOST_COMPARED));
    }

    Finding finding(Evidence.Kind kind, Exchange exchange, Topics topics, Quote quote) {
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

    static String subject(Exchange exchange, Topics topics) {
        List<String> names = topics.of(exchange);
        return names.isEmpty() ? "" : names.getFirst() + ": ";
    }
}
