package org.memoryqueue.summariser.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Assessment.Outcome;
import org.memoryqueue.memory.Evidence;

/**
 * Tells the session by slots: what the student wanted, the task, where it went wrong, how it ended and who gave the
 * answer, what is open. A slot that the transcript does not fill is left out.
 */
final class Narrative {

    private static final int MOST_WORDS = 60;
    private static final int LONGEST_QUOTE = 14;
    private static final int SHORTEST_QUOTE = 5;
    private static final String UNJUDGED = "The tutor gave no verdict on the last answer, ";

    private final Passages passages;
    private final OpenEnds openEnds;

    Narrative(Passages passages, OpenEnds openEnds) {
        this.passages = passages;
        this.openEnds = openEnds;
    }

    /** Fills the slots, with the longest quotes that leave room for all of them. */
    List<Finding> tell(Conversation conversation, Topics topics, Assessment assessment) {
        for (int quoted = LONGEST_QUOTE; ; quoted--) {
            List<Finding> slots = new ArrayList<>();
            wanted(conversation, quoted).ifPresent(slots::add);
            task(conversation, topics, slots.isEmpty(), quoted).ifPresent(slots::add);
            trouble(conversation, quoted).ifPresent(slots::add);
            ending(conversation, assessment, quoted).ifPresent(slots::add);
            openEnds.question(conversation, quoted)
                    .filter(quote -> !isQuoted(quote, slots))
                    .map(quote -> slot("Open: " + quote.displayAtEnd(), quote))
                    .ifPresent(slots::add);
            if (quoted == SHORTEST_QUOTE || words(text(slots)) <= MOST_WORDS) {
                return List.copyOf(slots);
            }
        }
    }

    /** The session in words; never blank. */
    static String text(List<Finding> slots) {
        if (slots.isEmpty()) {
            return "Nothing that was said in this session could be summarised.";
        }
        return slots.stream().map(Finding::claim).collect(Collectors.joining(" "));
    }

    private static int words(String text) {
        return text.split("\\s+", -1).length;
    }

    private Optional<Finding> wanted(Conversation conversation, int quoted) {
        Exchange first = conversation.exchanges().getFirst();
        if (first.ask() != null) {
            return Optional.empty();
        }
        return passages.request(first.answer(), quoted)
                .map(quote -> slot("The student asked: " + quote.displayAtEnd(), quote))
                .or(() -> passages.beginning(first.answer(), quoted)
                        .map(quote -> slot("The student began: " + quote.displayAtEnd(), quote)));
    }

    private Optional<Finding> task(Conversation conversation, Topics topics, boolean begins, int quoted) {
        Exchange first = conversation.exchanges().getFirst();
        Optional<Finding> asked = Optional.ofNullable(first.ask())
                .flatMap(ask -> passages.question(ask, quoted))
                .map(quote -> slot("The tutor asked: " + quote.displayAtEnd(), quote));
        if (asked.isPresent() || topics.key().isEmpty()) {
            return asked;
        }
        List<Topic> main = topics.key().subList(0, Math.min(3, topics.key().size()));
        String names = main.stream().map(Topic::name).collect(Collectors.joining(", "));
        Mention mention = main.getFirst().first();
        String claim = (begins ? "The session was about " : "It was about ") + names + ".";
        return Optional.of(new Finding(
                Evidence.Kind.SUMMARY, claim, List.of(Quote.head(mention.utterance(), mention.sentence(), quoted))));
    }

    /** The first answer that was turned down, and how. */
    private Optional<Finding> trouble(Conversation conversation, int quoted) {
        for (Exchange exchange : conversation.attempts()) {
            Utterance reaction = exchange.reaction();
            if (exchange.verdict().isRejection() && reaction != null) {
                Optional<Quote> said = passages.answer(exchange.answer(), quoted);
                Optional<Quote> corrected = passages.correction(reaction, quoted);
                if (said.isPresent() && corrected.isPresent()) {
                    String claim = "To " + said.get().display() + " the tutor said "
                            + corrected.get().displayAtEnd();
                    return Optional.of(new Finding(Evidence.Kind.SUMMARY, claim, List.of(said.get(), corrected.get())));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> ending(Conversation conversation, Assessment assessment, int quoted) {
        List<Exchange> attempts = conversation.attempts();
        if (attempts.isEmpty()) {
            return Optional.empty();
        }
        Exchange last = attempts.getLast();
        Exchange decisive = assessment.outcome() == Outcome.SOLVED
                ? attempts.reversed().stream()
                        .filter(exchange -> exchange.verdict() != Verdict.OPEN)
                        .findFirst()
                        .filter(Exchange::isRightUnaided)
                        .orElse(last)
                : last;
        return passages.answer(decisive.answer(), quoted)
                .map(quote -> slot(beginning(decisive, assessment.outcome()) + quote.displayAtEnd(), quote));
    }

    private static String beginning(Exchange decisive, Outcome outcome) {
        return switch (outcome) {
            case SOLVED -> decisive.isRightUnaided() ? "The student got there without being told: " : UNJUDGED;
            case SOLVED_WITH_HELP -> "The tutor gave the answer away before the student said ";
            case UNSOLVED -> decisive.verdict().isRejection() ? "It was left unsolved at " : UNJUDGED;
            case UNKNOWN -> UNJUDGED;
        };
    }

    private static boolean isQuoted(Quote quote, List<Finding> slots) {
        return slots.stream().anyMatch(slot -> slot.quotes().contains(quote));
    }

    private static Finding slot(String claim, Quote quote) {
        return new Finding(Evidence.Kind.SUMMARY, claim, List.of(quote));
    }
}
