package org.memoryqueue.summariser.extractive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out what a session was about, from the task and the tutor's turns, with the student's in support. */
final class TopicExtraction {

    private static final int MOST = 8;

    /** Words that are no terms of a subject describe a task, but three are enough for it. */
    private static final int MOST_WORDS = 3;

    /** In a session of sums they are what the sum counts, and less to the point. */
    private static final int MOST_WORDS_OF_SUMS = 2;

    private static final Comparator<Candidate> BEST_FIRST =
            Comparator.comparingInt(Candidate::score).reversed();
    private static final Comparator<Candidate> TERMS_FIRST =
            Comparator.comparing(Candidate::isTerm).reversed().thenComparing(BEST_FIRST);

    private final Mentions mentions;

    TopicExtraction(Mentions mentions) {
        this.mentions = mentions;
    }

    /**
     * Extracts the topics.
     *
     * @param language in which most of it is said
     * @param opening the index of the message up to which the task is being set
     */
    Topics extract(List<Utterance> utterances, Language language, int opening) {
        ProperNouns names = ProperNouns.of(utterances, language);
        Map<String, Candidate> candidates = new LinkedHashMap<>();
        Map<Integer, Set<String>> byMessage = new HashMap<>();
        for (Utterance utterance : utterances) {
            Set<String> here = new HashSet<>();
            for (Mention mention : mentions.in(utterance, names)) {
                candidates
                        .computeIfAbsent(mention.name(), name -> new Candidate(mention))
                        .add(mention, here.add(mention.name()), utterance.index() <= opening);
            }
            byMessage.put(utterance.index(), here);
        }
        return new Topics(choose(candidates, names.areOfSums()), names.areOfSums(), byMessage);
    }

    private static List<Topic> choose(Map<String, Candidate> candidates, boolean ofSums) {
        Map<String, Integer> inPairs = inPairs(candidates);
        List<Candidate> eligible =
                candidates.values().stream().filter(Candidate::isEligible).toList();
        if (eligible.isEmpty()) {
            return ofOpening(candidates);
        }
        List<Candidate> ranked = eligible.stream()
                .filter(candidate -> !givesWay(candidate, candidates, inPairs))
                .filter(candidate -> !ofSums || candidate.isTerm() || candidate.isThing())
                .sorted(ofSums ? TERMS_FIRST : BEST_FIRST)
                .toList();
        List<Topic> topics = new ArrayList<>();
        int words = 0;
        for (Candidate candidate : ranked) {
            Topic topic = candidate.topic();
            if (topics.size() < MOST && (topic.isTerm() || words++ < (ofSums ? MOST_WORDS_OF_SUMS : MOST_WORDS))) {
                topics.add(topic);
            }
        }
        return List.copyOf(topics);
    }

    /** Nothing came back: then the words with which the session opened are the best that is known. */
    private static List<Topic> ofOpening(Map<String, Candidate> candidates) {
        return candidates.values().stream()
                .filter(candidate -> candidate.isInOpening() && candidate.kind() == Mention.Kind.WORD)
                .limit(MOST_WORDS)
                .map(Candidate::topic)
                .toList();
    }

    /** In how many utterances a word stands in its most frequent pair. */
    private static Map<String, Integer> inPairs(Map<String, Candidate> candidates) {
        Map<String, Integer> inPairs = new HashMap<>();
        for (Candidate pair : candidates.values()) {
            if (pair.kind() == Mention.Kind.PAIR && pair.isEligible()) {
                pair.words().forEach(word -> inPairs.merge(word, pair.utterances(), Math::max));
            }
        }
        return inPairs;
    }

    /**
     * Whether a word or a pair gives way to the other: the word, when it mostly stands in the pair; else the pair.
     * Terms stay.
     */
    private static boolean givesWay(
            Candidate candidate, Map<String, Candidate> candidates, Map<String, Integer> inPairs) {
        return switch (candidate.kind()) {
            case TERM, SIGN -> false;
            case WORD -> candidate.utterances() <= 2 * inPairs.getOrDefault(candidate.name(), 0);
            case PAIR ->
                candidate.words().stream()
                        .map(candidates::get)
                        .anyMatch(word -> word != null && word.utterances() > 2 * candidate.utterances());
        };
    }
}
