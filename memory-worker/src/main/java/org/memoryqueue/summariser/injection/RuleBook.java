package org.memoryqueue.summariser.injection;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of a resource, by which words read as instructions. Immutable. */
final class RuleBook {

    private static final int LONGEST_PREFIX = 16;
    private static final int CJK_WINDOW = 20;

    /** Whose verb it is: {@code can I ignore}, {@code we skip}. */
    private static final Set<String> SELVES = Set.of(
            "i", "we", "he", "she", "they", "ich", "wir", "yo", "let's", "i'll", "we'll", "i've", "puedo", "j'ai", "je",
            "ho", "habe", "hab", "hatte");

    /** Who gave the instructions of a lesson. */
    private static final Set<String> REPORTED = Set.of(
            "teacher",
            "lehrer",
            "lehrerin",
            "professor",
            "told",
            "said",
            "says",
            "asked",
            "sagt",
            "why",
            "soll",
            "prof",
            "sir",
            "miss");

    private static final Set<String> OF_A_LESSON = Set.of(
            "worksheet",
            "sheet",
            "exercise",
            "book",
            "textbook",
            "page",
            "board",
            "question",
            "rounding",
            "lab",
            "recipe",
            "assignment",
            "homework",
            "teacher",
            "ubung",
            "buch",
            "arbeitsblatt",
            "ejercicio",
            "exercice",
            "l'exercice",
            "hoja",
            "feuille");

    private static final Set<String> PRAISE = Set.of(
            "ready",
            "step",
            "expert",
            "pro",
            "master",
            "bit",
            "little",
            "third",
            "half",
            "good",
            "great",
            "middle",
            "right",
            "position",
            "place",
            "lead",
            "final",
            "last",
            "first",
            "second",
            "dran",
            "fertig",
            "bereit",
            "sicher",
            "soweit");

    /** An element of a rule: what may stand there, after at most so many other words. */
    private record Element(int gap, BitSet classes) {}

    private record Rule(boolean onlyOfStudents, boolean mayBeReported, List<Element> elements) {}

    private final Map<String, BitSet> words = new HashMap<>();
    private final Map<String, BitSet> prefixes = new HashMap<>();
    private final Map<String, Integer> named = new LinkedHashMap<>();
    /** By the classes of words with which they begin. */
    private final Map<Integer, List<Rule>> rules = new HashMap<>();

    private final List<String> spelt = new ArrayList<>();
    private final List<String> phrases = new ArrayList<>();
    private final List<List<String>> unspaced = new ArrayList<>();
    private int classes;

    RuleBook(List<String> lines) {
        lines.forEach(this::read);
    }

    private void read(String line) {
        List<String> parts = List.of(line.split("\\s+"));
        if (parts.get(1).equals("=")) {
            int number = named.computeIfAbsent(parts.getFirst(), name -> classes++);
            parts.stream().skip(2).forEach(word -> define(word, number));
        } else if (parts.getFirst().equals("~")) {
            spelt.addAll(parts.subList(1, parts.size()));
        } else if (parts.getFirst().equals("!")) {
            phrases.addAll(parts.subList(1, parts.size()));
        } else if (parts.getFirst().equals("%")) {
            unspaced.add(parts.subList(1, parts.size()));
        } else {
            Rule rule = rule(line);
            rule.elements().getFirst().classes().stream()
                    .forEach(first ->
                            rules.computeIfAbsent(first, c -> new ArrayList<>()).add(rule));
        }
    }

    private void define(String word, int number) {
        boolean prefix = word.endsWith("*");
        String key = prefix ? word.substring(0, word.length() - 1) : word;
        (prefix ? prefixes : words)
                .computeIfAbsent(Letters.plain(key), k -> new BitSet())
                .set(number);
    }

    private Rule rule(String line) {
        boolean mayBeReported = line.startsWith("asked:");
        String rest = mayBeReported ? line.substring("asked:".length()).strip() : line;
        boolean onlyOfStudents = rest.startsWith("student:");
        rest = onlyOfStudents ? rest.substring("student:".length()).strip() : rest;
        List<Element> elements = new ArrayList<>();
        int gap = 0;
        for (String part : rest.split("\\s+")) {
            if (part.startsWith("..")) {
                gap = Integer.parseInt(part.substring(2));
            } else {
                elements.add(new Element(gap, alternatives(part)));
                gap = 0;
            }
        }
        return new Rule(onlyOfStudents, mayBeReported, elements);
    }

    private BitSet alternatives(String part) {
        BitSet allowed = new BitSet();
        int own = -1;
        for (String word : part.split("\\|")) {
            Integer known = named.get(word);
            if (known != null) {
                allowed.set(known);
            } else if (word.startsWith("@")) {
                throw new IllegalStateException("No such class: " + word);
            } else {
                own = own < 0 ? classes++ : own;
                define(word, own);
                allowed.set(own);
            }
        }
        return allowed;
    }

    /** Whether words read as instructions. */
    boolean applyTo(List<String> text, boolean byStudent) {
        Map<String, BitSet> known = new HashMap<>();
        List<BitSet> classesOf = text.stream()
                .map(word -> known.computeIfAbsent(word, this::classesOf))
                .toList();
        for (int i = 0; i < text.size(); i++) {
            if (!classesOf.get(i).isEmpty() && begins(i, text, classesOf, byStudent)) {
                return true;
            }
        }
        return false;
    }

    private boolean begins(int start, List<String> text, List<BitSet> classesOf, boolean byStudent) {
        return classesOf.get(start).stream()
                .mapToObj(first -> rules.getOrDefault(first, List.of()))
                .flatMap(List::stream)
                .filter(rule -> byStudent || !rule.onlyOfStudents())
                .anyMatch(rule -> {
                    int end = end(rule, 1, classesOf, start + 1);
                    return end >= 0 && !isInnocent(rule, text, start, end);
                });
    }

    private BitSet classesOf(String word) {
        BitSet found = new BitSet();
        BitSet whole = words.get(word);
        if (whole != null) {
            found.or(whole);
        }
        for (int end = Math.min(word.length(), LONGEST_PREFIX); end > 1; end--) {
            BitSet prefix = prefixes.get(word.substring(0, end));
            if (prefix != null) {
                found.or(prefix);
            }
        }
        return found;
    }

    /** Where the rest of a rule ends; negative where it does not apply. Gaps are short and rules too, so this is bounded. */
    private static int end(Rule rule, int element, List<BitSet> classesOf, int from) {
        if (element == rule.elements().size()) {
            return from;
        }
        Element next = rule.elements().get(element);
        for (int i = from; i < classesOf.size() && i - from <= next.gap(); i++) {
            if (classesOf.get(i).intersects(next.classes())) {
                int end = end(rule, element + 1, classesOf, i + 1);
                if (end >= 0) {
                    return end;
                }
            }
        }
        return -1;
    }

    private static boolean isInnocent(Rule rule, List<String> text, int start, int end) {
        if (rule.mayBeReported()) {
            return anyOf(SELVES, text, start - 2, start)
                    || anyOf(REPORTED, text, start - 6, start)
                    || anyOf(OF_A_LESSON, text, end, end + 4);
        }
        return rule.onlyOfStudents() && rule.elements().size() <= 4 && anyOf(PRAISE, text, end - 1, end + 2);
    }

    private static boolean anyOf(Set<String> looked, List<String> text, int from, int to) {
        return text.subList(Math.max(0, from), Math.min(text.size(), Math.max(0, to))).stream()
                .anyMatch(looked::contains);
    }

    /** Whether letters alone, without what stands between them, hold a phrase that is spelt out or run together. */
    boolean applyToSpelt(String letters) {
        return spelt.stream().anyMatch(letters::contains);
    }

    /** Whether a text in a script without spaces reads as instructions. */
    boolean applyToUnspaced(String text) {
        if (phrases.stream().anyMatch(text::contains)) {
            return true;
        }
        for (String first : unspaced.getFirst()) {
            for (int at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
                String near = text.substring(Math.max(0, at - CJK_WINDOW), Math.min(text.length(), at + CJK_WINDOW));
                if (unspaced.getLast().stream().anyMatch(near::contains)) {
                    return true;
                }
            }
        }
        return false;
    }
}
