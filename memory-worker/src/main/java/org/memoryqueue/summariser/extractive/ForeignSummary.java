package org.memoryqueue.summariser.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Insights;
import org.memoryqueue.memory.Summary;

/** Remembers a conversation in a language whose verdicts cannot be read: its topics and its size, and that it is so. */
final class ForeignSummary {

    /** Without knowing its verbs, a request says nothing of the topic. */
    private static final int NO_OPENING = -1;

    private static final int QUOTED_WORDS = 12;

    private ForeignSummary() {}

    static Summary of(List<Utterance> utterances, Language language) {
        Topics topics = new TopicExtraction(new Mentions(language.stopWords(), UnaryOperator.identity(), NounCues.NONE))
                .extract(utterances, language, NO_OPENING);
        long byStudent = utterances.stream().filter(Utterance::byStudent).count();
        StringBuilder text = new StringBuilder("Probably in ")
                .append(language.name())
                .append(", which is counted here but not judged: ")
                .append(utterances.size() == 1 ? "1 message" : utterances.size() + " messages")
                .append(", ")
                .append(byStudent)
                .append(" by the student.");
        List<Evidence> evidence = new ArrayList<>(topics.evidence().toList());
        first(utterances).ifPresent(quote -> {
            text.append(" The student began: ").append(quote.displayAtEnd());
            evidence.add(new Evidence(Evidence.Kind.SUMMARY, text.toString(), quote.messageIndex(), quote.text()));
        });
        return new Summary(
                ExtractiveSummariser.GENERATOR,
                text.toString(),
                topics.names(),
                new Insights(List.of(), List.of(), ""),
                "",
                Assessment.NONE,
                evidence,
                List.of());
    }

    private static Optional<Quote> first(List<Utterance> utterances) {
        return utterances.stream()
                .filter(utterance ->
                        utterance.byStudent() && !utterance.sentences().isEmpty())
                .findFirst()
                .map(utterance -> Quote.head(utterance, utterance.sentences().getFirst(), QUOTED_WORDS));
    }
}
