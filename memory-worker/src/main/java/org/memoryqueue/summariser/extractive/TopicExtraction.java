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

    private final Mentions mentions;

    TopicExtraction(Mentions mentions) {
        this.mentions = mentions;
    }

    /**
     * Extracts the topics.
     *
     * @param opening the index of the message up to which the task is being set
     */
    Topics extract(List<Utterance> utterances, int opening) {
        ProperNouns names = ProperNouns.of(utterances);
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
        return new Topics(choose(candidates), names.areOfSums(), byMessage);
    }

    private static List<Topic> choose(Map<String, Candidate> candidates) {
        Map<String, Integer> inPairs = inPairs(candidates);
        List<Candidate> eligible =
                candidates.values().stream().filter(Candidate::isEligible).toList();
        if (eligible.isEmpty()) {
            return ofOpening(candidates);
        }
        List<Candidate> ranked = eligible.stream()
                .filter(candidate -> !givesWay(candidate, candidates, inPairs))
                .sorted(Comparator.comparingInt(Candidate::score).reversed())
                .toList();
        List<Topic> topics = new ArrayList<>();
        int words = 0;
        for (Candidate candidate : ranked) {
            Topic topic = candidate.topic();
            if (topics.size() < MOST && (topic.isTerm() || words++ < MOST_WORDS)) {
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
