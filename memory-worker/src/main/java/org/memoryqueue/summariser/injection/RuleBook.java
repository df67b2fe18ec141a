package org.memoryqueue.summariser.injection;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules of a resource, by which words read as instructions. Immutable. */
final class RuleBook {

    private static final int CJK_WINDOW = 20;

    /** An element of a rule: what may stand there, after at most so many other words. */
    private record Element(int gap, BitSet classes) {}

    private record Rule(boolean onlyOfStudents, boolean mayBeReported, List<Element> elements) {}

    private final Vocabulary vocabulary = new Vocabulary();
    private final Map<String, Integer> named = new LinkedHashMap<>();
    /** By the classes of words with which they begin. */
    private final Map<Integer, List<Rule>> rules = new HashMap<>();

    private final List<String> spelt = new ArrayList<>();
    private final List<String> phrases = new ArrayList<>();
    private final List<List<String>> unspaced = new ArrayList<>();
    private int classes;

    private final int selves;
    private final int reported;
    private final int ofALesson;
    private final int praise;

    RuleBook(List<String> lines) {
        lines.forEach(this::read);
        selves = classNamed("@selves");
        reported = classNamed("@reported");
        ofALesson = classNamed("@of-a-lesson");
        praise = classNamed("@praise");
    }

    private int classNamed(String name) {
        Integer number = named.get(name);
        if (number == null) {
            throw new IllegalStateException("No such class: " + name);
        }
        return number;
    }

    private void read(String line) {
        List<String> parts = List.of(line.split("\\s+"));
        if (parts.get(1).equals("=")) {
            int number = named.computeIfAbsent(parts.getFirst(), name -> classes++);
            parts.stream().skip(2).forEach(word -> vocabulary.add(word, number));
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
                vocabulary.add(word, own);
                allowed.set(own);
            }
        }
        return allowed;
    }

    /** Whether words read as instructions. */
    boolean applyTo(List<String> text, boolean byStudent) {
        List<BitSet> classesOf = text.stream().map(vocabulary::classesOf).toList();
        for (int i = 0; i < classesOf.size(); i++) {
            if (begins(i, classesOf, byStudent)) {
                return true;
            }
        }
        return false;
    }

    private boolean begins(int start, List<BitSet> classesOf, boolean byStudent) {
        BitSet first = classesOf.get(start);
        for (int number = first.nextSetBit(0); number >= 0; number = first.nextSetBit(number + 1)) {
            for (Rule rule : rules.getOrDefault(number, List.of())) {
                if ((byStudent || !rule.onlyOfStudents()) && applies(rule, start, classesOf)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean applies(Rule rule, int start, List<BitSet> classesOf) {
        int end = end(rule, 1, classesOf, start + 1);
        return end >= 0 && !isInnocent(rule, classesOf, start, end);
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

    private boolean isInnocent(Rule rule, List<BitSet> text, int start, int end) {
        if (rule.mayBeReported()) {
            return anyOf(selves, text, start - 2, start)
                    || anyOf(reported, text, start - 6, start)
                    || anyOf(ofALesson, text, end, end + 4);
        }
        return rule.onlyOfStudents() && rule.elements().size() <= 4 && anyOf(praise, text, end - 1, end + 2);
    }

    private static boolean anyOf(int looked, List<BitSet> text, int from, int to) {
        for (int i = Math.max(0, from); i < Math.min(text.size(), to); i++) {
            if (text.get(i).get(looked)) {
                return true;
            }
        }
        return false;
    }

    /** Whether letters alone, without what stands between them, hold a phrase that is spelt out or run together. */
    boolean applyToSpelt(String letters) {
        return !letters.isEmpty() && spelt.stream().anyMatch(letters::contains);
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
