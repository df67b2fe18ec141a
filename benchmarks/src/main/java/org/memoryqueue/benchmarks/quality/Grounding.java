package org.memoryqueue.benchmarks.quality;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.memoryqueue.benchmarks.quality.Memories.Memory;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Insights;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.transcript.Message;

/** Checks what memories claim against the transcripts, by means of its own: none of the summariser's code is used. */
final class Grounding {

    /** From this share of its words in one earlier message of the tutor on, a quote repeats the tutor. */
    private static final double REPEATED = 0.8;

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}.]+|\\.(?!\\p{N})");

    private Grounding() {}

    /** The share of evidence whose quote stands, letter for letter, in the message that it names. */
    static Share verified(List<Memory> memories) {
        Share share = new Share();
        for (Memory memory : memories) {
            List<Message> messages = memory.dialogue().transcript().messages();
            for (Evidence evidence : memory.summary().evidence()) {
                share.count(!evidence.quote().isBlank()
                        && evidence.messageIndex() >= 0
                        && evidence.messageIndex() < messages.size()
                        && messages.get(evidence.messageIndex()).content().contains(evidence.quote()));
            }
        }
        return share;
    }

    /** The share of findings and topics that have their entry in the evidence. */
    static Share backed(List<Memory> memories) {
        Share share = new Share();
        for (Memory memory : memories) {
            Summary summary = memory.summary();
            Insights insights = summary.insights();
            insights.understood().forEach(claim -> share.count(has(summary, Evidence.Kind.UNDERSTOOD, claim)));
            insights.struggling().forEach(claim -> share.count(has(summary, Evidence.Kind.STRUGGLING, claim)));
            summary.keyTopics().forEach(claim -> share.count(has(summary, Evidence.Kind.TOPIC, claim)));
        }
        return share;
    }

    private static boolean has(Summary summary, Evidence.Kind kind, String claim) {
        return summary.evidence().stream()
                .anyMatch(
                        evidence -> evidence.kind() == kind && evidence.claim().equals(claim));
    }

    /** The share of quotes of what was understood that are the tutor's, or repeat what the tutor had said before. */
    static Share creditedToTheWrongOne(List<Memory> memories) {
        Share share = new Share();
        for (Memory memory : memories) {
            List<Message> messages = memory.dialogue().transcript().messages();
            memory.summary().evidence().stream()
                    .filter(evidence -> evidence.kind() == Evidence.Kind.UNDERSTOOD)
                    .forEach(evidence -> share.count(isTutors(evidence, messages)));
        }
        return share;
    }

    private static boolean isTutors(Evidence evidence, List<Message> messages) {
        if (!messages.get(evidence.messageIndex()).isStudent()) {
            return true;
        }
        List<String> quoted = words(evidence.quote());
        return messages.subList(0, evidence.messageIndex()).stream()
                .filter(Message::isTutor)
                .anyMatch(tutor -> repeats(quoted, words(tutor.content())));
    }

    private static boolean repeats(List<String> quoted, List<String> said) {
        Set<String> heard = new HashSet<>(said);
        Set<String> distinct = new HashSet<>(quoted);
        long shared = distinct.stream().filter(heard::contains).count();
        return !distinct.isEmpty() && shared >= REPEATED * distinct.size();
    }

    /** The words and numbers of a text in lower case, without signs. */
    static List<String> words(String text) {
        return NO_WORD.splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The words of the longest summary. */
    static int mostWords(List<Memory> memories) {
        return memories.stream()
                .mapToInt(memory -> memory.summary().conversationSummary().split("\\s+").length)
                .max()
                .orElse(0);
    }

    /** The length of the longest list of topics. */
    static int mostTopics(List<Memory> memories) {
        return memories.stream()
                .mapToInt(memory -> memory.summary().keyTopics().size())
                .max()
                .orElse(0);
    }

    /** Topics that differ from another of the same memory only by case or plural. */
    static long topicsTwice(List<Memory> memories) {
        return memories.stream()
                .mapToLong(memory -> {
                    List<String> topics = memory.summary().keyTopics();
                    return topics.size()
                            - topics.stream()
                                    .map(topic -> topic.toLowerCase(Locale.ROOT).replaceAll("s$", ""))
                                    .collect(Collectors.toSet())
                                    .size();
                })
                .sum();
    }

    /** How many of some things meet a condition. */
    static final class Share {

        private int met;
        private int all;

        void count(boolean meets) {
            met += meets ? 1 : 0;
            all++;
        }

        int met() {
            return met;
        }

        int all() {
            return all;
        }

        /** 0 to 1; 0 of nothing. */
        double value() {
            return all == 0 ? 0 : (double) met / all;
        }
    }
}
