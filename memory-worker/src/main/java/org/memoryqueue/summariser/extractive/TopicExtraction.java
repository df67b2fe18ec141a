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
        return new Topics(choose(candidates), byMessage);
    }

    private static List<Topic> choose(Map<String, Candidate> candidates) {
        Map<String, Integer> inPairs = inPairs(candidates);
        List<Candidate> ranked = candidates.values().stream()
                .filter(Candidate::isEligible)
                .filter(candidate -> !isPartOfPair(candidate, inPairs))
                .sorted(Comparator.comparingInt(Candidate::score).reversed())
                .toList();
        List<Topic> topics = new ArrayList<>();
        int words = 0;
        for (Candidate candidate : ranked) {
            boolean isTerm = candidate.kind().compareTo(Mention.Kind.PAIR) < 0 || candidate.kind() == Mention.Kind.SIGN;
            if (topics.size() < MOST && (isTerm || words++ < MOST_WORDS)) {
                topics.add(candidate.topic());
            }
        }
        return List.copyOf(topics);
    }

    /** In how many utterances a word stands in its most frequent pair. */
    private static Map<String, Integer> inPairs(Map<String, Candidate> candidates) {
        Map<String, Integer> inPairs = new HashMap<>();
        for (Candidate pair : candidates.values()) {
            if (pair.kind() == Mention.Kind.PAIR && pair.isEligible()) {
                for (String word : pair.name().split(" ")) {
                    inPairs.merge(word, pair.utterances(), Math::max);
                }
            }
        }
        return inPairs;
    }

    /** A word that is hardly ever said without its neighbour is no topic beside the pair. */
    private static boolean isPartOfPair(Candidate word, Map<String, Integer> inPairs) {
        return word.kind() == Mention.Kind.WORD && word.utterances() <= inPairs.getOrDefault(word.name(), -1) + 1;
    }
}
