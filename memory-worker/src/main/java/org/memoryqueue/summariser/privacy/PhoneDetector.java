package org.memoryqueue.summariser.privacy;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds phone numbers: with a calling code, in common national shapes, and in any shape behind a word such as
 * <em>phone</em>. What is calculated with is none, nor is a number that is only long: a maths lesson is full of them.
 */
final class PhoneDetector implements Detector {

    private static final int SHORTEST = 7;
    private static final int LONGEST = 15;

    /** Grouped as nobody groups an amount: Spain, Brazil, India, and what North America writes with dashes or dots. */
    private static final Set<String> NATIONAL_SHAPES =
            Set.of("3 2 2 2", "2 3 2 2", "2(5-4", "2(4-4", "2(5 4", "2(4 4", "2 5-4", "5 5", "3-3-4", "3.3.4", "3 3-4");

    private static final Set<String> NORTH_AMERICAN =
            Set.of("3-3-4", "3.3.4", "3(3-4", "3(3 4", "3(3.4", "3(7", "3 3-4");

    private static final Set<String> NORTH_AMERICAN_WITH_TRUNK =
            Set.of("1-3-3-4", "1.3.3.4", "1 3-3-4", "1 3 3 4", "1(3(3-4", "1(3(3 4");

    /** A date, whole or with what follows it. Its parts are short and its end is marked, so nothing is tried twice. */
    private static final Pattern DATE = Pattern.compile("[12][-./][12][-./][24]([- ].*)?|4[-./][12][-./][12]([- ].*)?");

    private static final String WORDS_OF_A_LETTER = "aeiou";

    private static final Hints HINTS = Hints.ofPhones();

    @Override
    public void find(Folded text, List<Span> found) {
        Digits digits = Digits.of(text);
        int end = -1;
        for (int i = 0; i < digits.size(); i++) {
            // A number right after another one is part of a longer one, unless that one was somebody's phone.
            int phoneBefore = end;
            int last = digits.longest(i, number -> isPhone(number, number.start() - 1 == phoneBefore));
            if (last >= 0) {
                Numeral number = digits.number(i, last);
                found.add(new Span(beginning(number), number.end(), Kind.PHONE));
                end = number.end();
                i = last;
            }
        }
    }

    /** With the bracket and the plus that belong to it. */
    private static int beginning(Numeral number) {
        Folded text = number.text();
        int i = number.start();
        i -= text.at(i - 1) == '+' ? 1 : 0;
        boolean closes = text.text(number.start(), number.end()).indexOf(')') >= 0;
        return closes && text.at(i - 1) == '(' ? i - 1 : i;
    }

    private static boolean isPhone(Numeral number, boolean afterPhone) {
        if (number.length() < SHORTEST || number.length() > LONGEST || isOfOneOrTwoDigits(number.digits())) {
            return false;
        }
        if (isInternational(number)) {
            return true;
        }
        boolean told = HINTS.precede(number.text(), beginning(number));
        if (told && isAlone(number)) {
            return true;
        }
        return !number.isOperand()
                && (afterPhone || !number.followsNumber())
                && (isNorthAmerican(number) || hasTrunkPrefix(number) || hasNationalShape(number));
    }

    private static boolean isAlone(Numeral number) {
        return !number.isOperandToRight()
                && !number.precedesNumber()
                && number.shape().indexOf('/') == number.shape().lastIndexOf('/')
                && !DATE.matcher(number.shape()).matches();
    }

    /** Binary numbers, round ones, and one digit again and again. */
    private static boolean isOfOneOrTwoDigits(String digits) {
        return digits.chars().allMatch(c -> c == '0' || c == '1')
                || digits.chars().distinct().count() == 1;
    }

    private static boolean isInternational(Numeral number) {
        Folded text = number.text();
        int before = number.start() - 1;
        if (text.at(before) == '+') {
            return CallingCodes.begin(number.digits()) && !isAddedToSomething(number, before) && !hasResult(number);
        }
        return number.digits().startsWith("00")
                && number.firstGroup() > 1
                && CallingCodes.begin(number.digits().substring(2))
                && number.length() >= 11
                && !number.followsNumber()
                && !number.isOperand();
    }

    /** Whether a plus adds: something is before it, and not a word. */
    private static boolean isAddedToSomething(Numeral number, int plus) {
        Folded text = number.text();
        int i = plus - 1;
        while (text.at(i) == ' ' && plus - i < 4) {
            i--;
        }
        boolean variable = text.isLetter(i) && !text.isLetter(i - 1) && WORDS_OF_A_LETTER.indexOf(text.at(i)) < 0;
        return text.isDigit(i) || text.at(i) == ')' || text.at(i) == '=' || variable;
    }

    private static boolean hasResult(Numeral number) {
        Folded text = number.text();
        int i = number.end();
        while (text.at(i) == ' ' && i - number.end() < 3) {
            i++;
        }
        return text.at(i) == '=';
    }

    private static boolean isNorthAmerican(Numeral number) {
        String digits = number.digits();
        if (number.length() == 11 && digits.charAt(0) == '1') {
            return NORTH_AMERICAN_WITH_TRUNK.contains(number.shape()) && digits.charAt(1) >= '2';
        }
        return NORTH_AMERICAN.contains(number.shape()) && digits.charAt(0) >= '2' && isBracketed(number);
    }

    /** A bracket must be open before: {@code 200) 300 4000} is none. */
    private static boolean isBracketed(Numeral number) {
        return number.shape().charAt(1) != '(' || number.text().at(number.start() - 1) == '(';
    }

    /** A nought and another digit first, as most countries write it at home: 030/1234567, 020 7946 0958, 06 12 34 56 78. */
    private static boolean hasTrunkPrefix(Numeral number) {
        String digits = number.digits();
        String shape = number.shape();
        boolean shaped = number.length() >= 9
                && number.length() <= 12
                && digits.charAt(0) == '0'
                && digits.charAt(1) != '0'
                && number.firstGroup() > 1
                && shape.lastIndexOf('/') <= 1
                && (shape.indexOf('.') < 0 || shape.equals("2.2.2.2.2") || shape.equals("3.3.2.2"))
                && isBracketed(number);
        return shaped && !DATE.matcher(shape).matches() && !isSequence(digits) && !isSteps(number);
    }

    /** The digits in their order. */
    private static boolean isSequence(String digits) {
        return "01234567890".startsWith(digits) || "09876543210".startsWith(digits);
    }

    /** Pairs that count in steps, 05 10 15 20 25, or are not five. */
    private static boolean isSteps(Numeral number) {
        if (!number.shape().equals("2 2 2 2 2")) {
            return number.shape().replace("2", "").isBlank();
        }
        int first = Integer.parseInt(number.digits().substring(0, 2));
        int step = Integer.parseInt(number.digits().substring(2, 4)) - first;
        for (int i = 2; i < 5; i++) {
            if (Integer.parseInt(number.digits().substring(2 * i, 2 * i + 2)) != first + i * step) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasNationalShape(Numeral number) {
        char first = number.digits().charAt(0);
        boolean inNorthAmerica = NORTH_AMERICAN.contains(number.shape());
        return NATIONAL_SHAPES.contains(number.shape())
                && !inNorthAmerica
                && isBracketed(number)
                && (number.shape().startsWith("2(") || number.shape().equals("2 5-4") || first >= '6');
    }
}
