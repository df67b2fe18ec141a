package org.memoryqueue.summariser.extractive;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Picks the sentence of a message that is worth quoting. */
final class Passages {

    private static final String ADMITTED = "admitted";

    private final Cues admissions = Cues.load("admissions.txt");
    private final StopWords stopWords;
    private final Moves moves;

    Passages(StopWords stopWords, Moves moves) {
        this.stopWords = stopWords;
        this.moves = moves;
    }

    /** What an answer comes to: its last sentence with a number, or else its richest one. */
    Optional<Quote> answer(Utterance answer, int mostWords) {
        List<Sentence> attempts = answer.sentences().stream()
                .filter(sentence -> moves.of(sentence) == Move.ATTEMPT)
                .toList();
        Optional<Sentence> withNumber =
                attempts.stream().filter(Sentence::hasNumber).reduce((earlier, later) -> later);
        return withNumber
                .map(sentence -> Quote.tail(answer, sentence, mostWords))
                .or(() -> richest(attempts).map(sentence -> Quote.head(answer, sentence, mostWords)));
    }

    /** How the student names a mistake of their own. */
    Optional<Quote> admission(Utterance student, int mostWords) {
        return student.sentences().stream()
                .filter(sentence -> !sentence.isQuestion() && admissions.isIn(sentence, ADMITTED))
                .max(Comparator.comparingLong(this::content))
                .filter(sentence -> content(sentence) > 1)
                .map(sentence -> Quote.head(student, sentence, mostWords));
    }

    /** What the student does not get. */
    Optional<Quote> stuck(Utterance student, int mostWords) {
        return student.sentences().stream()
                .filter(sentence -> moves.of(sentence) == Move.STUCK)
                .findFirst()
                .map(sentence -> Quote.head(student, sentence, mostWords));
    }

    /** What the student wants. */
    Optional<Quote> request(Utterance student, int mostWords) {
        List<Sentence> requests = student.sentences().stream()
                .filter(sentence -> moves.of(sentence) == Move.ASK || moves.of(sentence) == Move.STUCK)
                .toList();
        return richest(requests).map(sentence -> Quote.head(student, sentence, mostWords));
    }

    /** The first words of a message. */
    Optional<Quote> beginning(Utterance utterance, int mostWords) {
        return utterance.sentences().stream().findFirst().map(sentence -> Quote.head(utterance, sentence, mostWords));
    }

    /** How the tutor puts a correction: the first sentence that speaks of the matter, rather a statement. */
    Optional<Quote> correction(Utterance reaction, int mostWords) {
        List<Sentence> sentences = reaction.sentences();
        List<Sentence> statements =
                sentences.stream().filter(sentence -> !sentence.isQuestion()).toList();
        return statements.stream()
                .filter(this::isOnMatter)
                .findFirst()
                .or(() -> statements.stream()
                        .filter(sentence -> content(sentence) > 0)
                        .findFirst())
                .or(() -> sentences.stream().filter(this::isOnMatter).findFirst())
                .or(() -> sentences.stream().findFirst())
                .map(sentence -> Quote.head(reaction, sentence, mostWords));
    }

    /** The last question of a message that is about something. */
    Optional<Quote> question(Utterance utterance, int mostWords) {
        return utterance.sentences().stream()
                .filter(sentence -> sentence.isQuestion() && isOnMatter(sentence))
                .reduce((earlier, later) -> later)
                .map(sentence -> Quote.head(utterance, sentence, mostWords));
    }

    private Optional<Sentence> richest(List<Sentence> sentences) {
        Sentence best = null;
        for (Sentence sentence : sentences) {
            if (best == null || content(sentence) > content(best)) {
                best = sentence;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Whether a quote says too little to stand alone. */
    boolean isBare(Quote quote) {
        List<Word> words = Words.of(quote.text());
        return words.stream().filter(stopWords::isContent).count() < 2
                && words.stream().noneMatch(Word::isSign);
    }

    /** Two words of content make a matter; one may be the student's name. */
    private boolean isOnMatter(Sentence sentence) {
        return content(sentence) > 1 || sentence.hasNumber();
    }

    private long content(Sentence sentence) {
        return sentence.words().stream().filter(stopWords::isContent).count();
    }
}
