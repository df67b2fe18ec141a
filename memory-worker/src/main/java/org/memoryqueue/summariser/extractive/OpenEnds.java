package org.memoryqueue.summariser.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.memoryqueue.memory.Assessment.Outcome;

/** Finds what a session left open. */
final class OpenEnds {

    private static final String FOLLOW_UP = "follow-up";
    private static final int QUOTED_WORDS = 20;

    private final Cues followUps = Cues.load("follow-ups.txt");
    private final Passages passages;

    OpenEnds(Passages passages) {
        this.passages = passages;
    }

    /** The question on which the conversation stops, whoever asked it. */
    Optional<Quote> question(Conversation conversation, int mostWords) {
        Utterance last = conversation.utterances().getLast();
        boolean asked = !last.byStudent() || conversation.exchanges().getLast().move() == Move.ASK;
        return asked ? passages.question(last, mostWords) : Optional.empty();
    }

    /** What to do next, in at most three sentences; empty when nothing is open. */
    String nextSteps(Conversation conversation, Topics topics, Outcome outcome) {
        List<String> steps = new ArrayList<>();
        question(conversation, QUOTED_WORDS).ifPresent(quote -> steps.add("Answer " + quote.displayAtEnd()));
        followUp(conversation).ifPresent(quote -> steps.add("The tutor announced: " + quote.displayAtEnd()));
        String topic = topics.key().stream()
                .filter(Topic::isTerm)
                .findFirst()
                .map(term -> " on " + term.name())
                .orElse("");
        switch (outcome) {
            case SOLVED_WITH_HELP -> steps.add("Try a similar task" + topic + " without the answer being given.");
            case UNSOLVED -> steps.add("Come back to the unsolved task" + topic + ".");
            case UNKNOWN ->
                unjudged(conversation).ifPresent(quote -> steps.add("Check the answer " + quote.displayAtEnd()));
            case SOLVED -> {}
        }
        return String.join(" ", steps);
    }

    /** The student's last answer, when nobody said whether it is right. */
    private Optional<Quote> unjudged(Conversation conversation) {
        List<Exchange> attempts = conversation.attempts();
        if (attempts.isEmpty() || attempts.getLast().verdict() != Verdict.OPEN) {
            return Optional.empty();
        }
        return passages.answer(attempts.getLast().answer(), QUOTED_WORDS);
    }

    private Optional<Quote> followUp(Conversation conversation) {
        Utterance last = conversation.utterances().getLast();
        if (last.byStudent()) {
            return Optional.empty();
        }
        return last.sentences().stream()
                .filter(sentence -> !sentence.isQuestion() && followUps.isIn(sentence, FOLLOW_UP))
                .findFirst()
                .map(sentence -> Quote.head(last, sentence, QUOTED_WORDS));
    }
}
