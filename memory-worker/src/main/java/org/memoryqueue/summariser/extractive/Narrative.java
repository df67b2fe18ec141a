package org.memoryqueue.summariser.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.memoryqueue.memory.Assessment.Outcome;
import org.memoryqueue.memory.Evidence;

/**
 * Tells the session by slots: what the student wanted, the task, where it went wrong, how it ended and who gave the
 * answer, what is open. A slot that the transcript does not fill is left out.
 */
final class Narrative {

    private static final int MOST_WORDS = 60;
    private static final int LONGEST_QUOTE = 14;
    private static final int SHORTEST_QUOTE = 4;

    private final Passages passages;
    private final Struggles struggles;
    private final OpenEnds openEnds;

    Narrative(Passages passages, Struggles struggles, OpenEnds openEnds) {
        this.passages = passages;
        this.struggles = struggles;
        this.openEnds = openEnds;
    }

    /** Fills the slots, with the longest quotes that leave room for all of them. */
    List<Finding> tell(Conversation conversation, Topics topics, Outcome outcome) {
        List<Finding> slots = List.of();
        for (int quoted = LONGEST_QUOTE; quoted >= SHORTEST_QUOTE; quoted--) {
            slots = slots(conversation, topics, outcome, quoted);
            if (words(text(slots)) <= MOST_WORDS) {
                return slots;
            }
        }
        // What is open comes last, and stands in the next steps too.
        return slots.subList(0, slots.size() - 1);
    }

    private List<Finding> slots(Conversation conversation, Topics topics, Outcome outcome, int quoted) {
        List<Finding> slots = new ArrayList<>();
        wanted(conversation, quoted).ifPresent(slots::add);
        task(conversation, topics, slots.isEmpty(), quoted).ifPresent(slots::add);
        trouble(conversation, quoted).ifPresent(slots::add);
        ending(conversation, outcome, slots, quoted).ifPresent(slots::add);
        openEnds.question(conversation, quoted)
                .filter(quote -> !isQuoted(quote, slots))
                .map(quote -> slot("Open: " + quote.displayAtEnd(), quote))
                .ifPresent(slots::add);
        return List.copyOf(slots);
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
                .flatMap(ask -> passages.task(ask, quoted))
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

    private Optional<Finding> trouble(Conversation conversation, int quoted) {
        return struggles
                .opening(conversation, quoted)
                .map(quote -> slot("The tutor did not accept an earlier answer: " + quote.displayAtEnd(), quote))
                .or(() -> struggles
                        .first(conversation, quoted)
                        .map(struggle -> new Finding(Evidence.Kind.SUMMARY, trouble(struggle), struggle.quotes())));
    }

    private static String trouble(Struggles.Struggle struggle) {
        Quote said = struggle.said();
        Quote correction = struggle.correction();
        return correction == null
                ? "The student said of their work: " + said.displayAtEnd()
                : "To " + said.display() + " the tutor said " + correction.displayAtEnd();
    }

    private Optional<Finding> ending(Conversation conversation, Outcome outcome, List<Finding> before, int quoted) {
        Optional<Exchange> decisive = decisive(conversation, outcome);
        Optional<Quote> answer = decisive.flatMap(exchange -> passages.answer(exchange.answer(), quoted));
        if (decisive.isEmpty() || answer.isEmpty()) {
            return Optional.empty();
        }
        if (outcome == Outcome.SOLVED_WITH_HELP) {
            return Optional.of(helped(conversation, decisive.get(), answer.get(), before, quoted));
        }
        String claim = beginning(decisive.get(), outcome) + answer.get().displayAtEnd();
        return Optional.of(slot(claim, answer.get()));
    }

    /** Quotes where the tutor gave the answer, unless it was quoted before. */
    private Finding helped(
            Conversation conversation, Exchange decisive, Quote answer, List<Finding> before, int quoted) {
        Optional<Quote> source =
                source(conversation, decisive.answer(), quoted).filter(quote -> !isQuoted(quote, before));
        if (source.isEmpty()) {
            return slot("The tutor gave the answer away before the student said " + answer.displayAtEnd(), answer);
        }
        String claim =
                "The tutor had said " + source.get().display() + " before the student said " + answer.displayAtEnd();
        return new Finding(Evidence.Kind.SUMMARY, claim, List.of(source.get(), answer));
    }

    /** The answer that settled it: of a solved task the last that the tutor confirmed, else the final one. */
    private static Optional<Exchange> decisive(Conversation conversation, Outcome outcome) {
        return conversation.attempts().reversed().stream()
                .filter(exchange -> outcome == Outcome.SOLVED && exchange.isJudged())
                .findFirst()
                .filter(Exchange::isRightUnaided)
                .or(conversation::finalAnswer);
    }

    /** Where the tutor had said what an answer comes to, the latest time. */
    private Optional<Quote> source(Conversation conversation, Utterance answer, int quoted) {
        return conversation.utterances().reversed().stream()
                .filter(utterance -> !utterance.byStudent() && utterance.index() < answer.index())
                .map(tutor -> passages.source(tutor, answer, quoted))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static String beginning(Exchange decisive, Outcome outcome) {
        return switch (outcome) {
            case SOLVED ->
                decisive.isRightUnaided()
                        ? "The student got there without being told: "
                        : "The student seems to have got there, without a verdict from the tutor: ";
            case UNSOLVED ->
                decisive.verdict().isRejection() ? "It was left unsolved at " : "It seems to be left unsolved at ";
            case SOLVED_WITH_HELP, UNKNOWN -> "The tutor gave no verdict on the last answer, ";
        };
    }

    private static boolean isQuoted(Quote quote, List<Finding> slots) {
        return slots.stream().anyMatch(slot -> slot.quotes().contains(quote));
    }

    private static Finding slot(String claim, Quote quote) {
        return new Finding(Evidence.Kind.SUMMARY, claim, List.of(quote));
    }
}
