package org.memoryqueue.summariser.privacy;

import java.util.ArrayList;
import java.util.List;

/** The groups of digits of a text, and how each is joined to the next. */
final class Digits {

    /** The most groups of which one number can be made. */
    private static final int MOST_GROUPS = 8;

    /** The longest number that is looked for, with what joins its groups. */
    private static final int LONGEST = 40;

    /** How a group is joined to the next one. */
    enum Joint {
        SPACE(' '),
        DASH('-'),
        DOT('.'),
        SLASH('/'),
        /** A bracket, with or without space or dash. */
        BRACKET('('),
        /** Anything else, or nothing: another number begins. */
        NONE('_');

        final char sign;

        Joint(char sign) {
            this.sign = sign;
        }
    }

    private final Folded text;
    private final int[] starts;
    private final int[] ends;
    private final Joint[] joints;
    private final int size;

    private Digits(Folded text, List<int[]> groups) {
        this.text = text;
        this.size = groups.size();
        this.starts = groups.stream().mapToInt(group -> group[0]).toArray();
        this.ends = groups.stream().mapToInt(group -> group[1]).toArray();
        this.joints = new Joint[size];
        for (int i = 0; i < size; i++) {
            joints[i] = i + 1 < size ? joint(text, ends[i], starts[i + 1]) : Joint.NONE;
        }
    }

    static Digits of(Folded text) {
        List<int[]> groups = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            if (text.isDigit(i)) {
                int start = i;
                while (text.isDigit(i + 1)) {
                    i++;
                }
                groups.add(new int[] {start, i + 1});
            }
        }
        return new Digits(text, groups);
    }

    private static Joint joint(Folded text, int end, int next) {
        if (next - end > 3) {
            return Joint.NONE;
        }
        String between = text.text(end, next);
        return switch (between) {
            case " ", "  " -> Joint.SPACE;
            case "-" -> Joint.DASH;
            case "." -> Joint.DOT;
            case "/" -> Joint.SLASH;
            case ") ", ")", ")-", " (", "(", ")/", ") -", "-(", " ) " -> Joint.BRACKET;
            default -> Joint.NONE;
        };
    }

    int size() {
        return size;
    }

    /** The number that some groups make. */
    Numeral number(int first, int last) {
        StringBuilder digits = new StringBuilder();
        StringBuilder shape = new StringBuilder();
        for (int i = first; i <= last; i++) {
            digits.append(text.text(starts[i], ends[i]));
            shape.append(ends[i] - starts[i]);
            if (i < last) {
                shape.append(joints[i].sign);
            }
        }
        return new Numeral(text, starts[first], ends[last], digits.toString(), shape.toString());
    }

    /** The last group that may belong to a number that begins with a group: at most {@link #MOST_GROUPS} further on. */
    private int lastJoined(int first) {
        int last = first;
        while (last - first + 1 < MOST_GROUPS
                && joints[last] != Joint.NONE
                && ends[last + 1] - starts[first] <= LONGEST) {
            last++;
        }
        return last;
    }

    /** Whether a group begins a number: nothing is joined to it from the left but by a space. */
    private boolean isOpenBefore(int first) {
        boolean apart = first == 0
                || joints[first - 1] == Joint.NONE
                || joints[first - 1] == Joint.SPACE
                || joints[first - 1] == Joint.BRACKET;
        return apart && !isPartBefore(starts[first]);
    }

    /** Whether a group ends a number: nothing is joined to it from the right but by a space. */
    private boolean isOpenAfter(int last) {
        return (joints[last] == Joint.NONE || joints[last] == Joint.SPACE || joints[last] == Joint.BRACKET)
                && !isPartAfter(ends[last]);
    }

    private boolean isPartBefore(int start) {
        char before = text.at(start - 1);
        return text.isLetter(start - 1)
                || before == '_'
                || ((before == ',' || before == '.' || before == ':') && text.isDigit(start - 2));
    }

    private boolean isPartAfter(int end) {
        char after = text.at(end);
        return text.isLetter(end)
                || after == '_'
                || after == '%'
                || after == '°'
                || ((after == ',' || after == '.' || after == ':') && text.isDigit(end + 1));
    }

    /** The longest number from a group on that a rule accepts; negative when there is none. */
    int longest(int first, Rule rule) {
        if (!isOpenBefore(first)) {
            return -1;
        }
        for (int last = lastJoined(first); last >= first; last--) {
            if (isOpenAfter(last) && ends[last] - starts[first] <= LONGEST && rule.accepts(number(first, last))) {
                return last;
            }
        }
        return -1;
    }

    /** Whether a number is what is looked for. */
    @FunctionalInterface
    interface Rule {
        boolean accepts(Numeral number);
    }
}
