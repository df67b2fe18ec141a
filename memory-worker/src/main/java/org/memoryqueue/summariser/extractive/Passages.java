package org.memoryqueue.summariser.extractive;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Picks the sentence of a message that is worth quoting. */
final class Passages {

    private static final String ADMITTED = "admitted";
    private static final String REALISED = "realised";
    private static final String INVITES = "invites";

    private final Cues admissions = Cues.load("admissions.txt");
    private final Cues invitations = Cues.load("invitations.txt");
    private final StopWords stopWords;
    private final Moves moves;
    private final Reactions reactions;

    Passages(StopWords stopWords, Moves moves, Reactions reactions) {
        this.stopWords = stopWords;
        this.moves = moves;
        this.reactions = reactions;
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

    /** Whether the student takes something back at the beginning of a message. */
    boolean isTakenBack(Utterance student) {
        return student.sentences().stream().limit(1).anyMatch(sentence -> admissions.isIn(sentence, REALISED));
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
        List<Sentence> sentences = withoutPraise(reaction.sentences());
        List<Sentence> ofTask = sentences.stream()
                .filter(sentence -> !invitations.isIn(sentence, INVITES))
                .toList();
        return statement(ofTask)
                .or(() -> ofTask.stream().filter(this::isOnMatter).findFirst())
                .or(() -> statement(sentences))
                .or(() -> sentences.stream().findFirst())
                .map(sentence -> Quote.head(reaction, sentence, mostWords));
    }

    /** The first statement on the matter, or else the first that has a word of content. */
    private Optional<Sentence> statement(List<Sentence> sentences) {
        List<Sentence> statements =
                sentences.stream().filter(sentence -> !sentence.isQuestion()).toList();
        return statements.stream()
                .filter(this::isOnMatter)
                .findFirst()
                .or(() -> statements.stream()
                        .filter(sentence -> content(sentence) > 0)
                        .findFirst());
    }

    private List<Sentence> withoutPraise(List<Sentence> sentences) {
        List<Sentence> rest = sentences.stream()
                .filter(sentence -> !reactions.isPraise(sentence))
                .toList();
        return rest.isEmpty() ? sentences : rest;
    }

    /** The question that sets a task: the last of a message that is about something, and not about the student's work. */
    Optional<Quote> task(Utterance tutor, int mostWords) {
        return tutor.sentences().stream()
                .filter(sentence ->
                        sentence.isQuestion() && isOnMatter(sentence) && !invitations.isIn(sentence, INVITES))
                .reduce((earlier, later) -> later)
                .map(sentence -> Quote.head(tutor, sentence, mostWords));
    }

    /** Whether the tutor invites the student to present a solution. */
    boolean invites(Utterance tutor) {
        return tutor.sentences().stream().anyMatch(sentence -> invitations.isIn(sentence, INVITES));
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

    /** Where the tutor says what an answer comes to: the last sentence that holds its number, or most of its words. */
    Optional<Quote> source(Utterance tutor, Utterance answer, int mostWords) {
        Set<String> sought = Disclosure.result(answer).map(Set::of).orElseGet(() -> contentOf(answer));
        return tutor.sentences().stream()
                .filter(sentence -> sentence.words().stream().anyMatch(word -> sought.contains(word.text())))
                .max(Comparator.comparingLong(sentence -> sentence.words().stream()
                        .filter(word -> sought.contains(word.text()))
                        .count()))
                .map(sentence -> Quote.around(tutor, sentence, placeOf(sentence, sought), mostWords));
    }

    private Set<String> contentOf(Utterance utterance) {
        return utterance.words().filter(stopWords::isContent).map(Word::text).collect(Collectors.toSet());
    }

    private static int placeOf(Sentence sentence, Set<String> sought) {
        return sentence.words().stream()
                .filter(word -> sought.contains(word.text()))
                .mapToInt(Word::start)
                .findFirst()
                .orElse(0);
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
