package org.memoryqueue.summariser.extractive;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recognises words of a student that are the tutor's, for which the student gets no credit. A quote repeats a message
 * of the tutor when it is made of its words for the most part, and brings nothing of its own: no other result, or
 * where there are no numbers, no other word of content.
 */
final class Echo {

    /** From this share of the words of content on, a quote without a result of its own repeats the tutor. */
    private static final double CONTENT_REPEATED = 0.75;

    /** From this share of all words on, a calculation repeats the tutor's even if it comes to something else. */
    private static final double REPEATED = 0.8;

    private final StopWords stopWords;

    Echo(StopWords stopWords) {
        this.stopWords = stopWords;
    }

    /** Whether the tutor had said before what a student's quote says. */
    boolean isTutors(Quote quote, Conversation conversation) {
        List<Word> words = Words.of(quote.text());
        Quoted quoted = new Quoted(
                texts(words.stream().filter(word -> !word.isSign())),
                texts(words.stream().filter(word -> word.isNumber() || stopWords.isContent(word))),
                words.reversed().stream().filter(Word::isNumber).map(Word::text).findFirst());
        return conversation.utterances().stream()
                .filter(utterance -> !utterance.byStudent() && utterance.index() < quote.messageIndex())
                .map(tutor -> texts(tutor.words()))
                .anyMatch(quoted::repeats);
    }

    /** The words of a quote: all, those of content, and the number it comes to. */
    private record Quoted(Set<String> all, Set<String> content, Optional<String> result) {

        boolean repeats(Set<String> said) {
            if (result.isEmpty()) {
                return !content.isEmpty() && said.containsAll(content);
            }
            return isShared(all, said, REPEATED)
                    || (said.contains(result.get()) && isShared(content, said, CONTENT_REPEATED));
        }

        private static boolean isShared(Set<String> words, Set<String> said, double share) {
            return words.stream().filter(said::contains).count() >= share * words.size();
        }
    }

    private static Set<String> texts(Stream<Word> words) {
        return words.map(Word::text).collect(Collectors.toSet());
    }
}
