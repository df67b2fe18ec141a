package org.memoryqueue.summariser.privacy;

/**
 * A number as it is written.
 *
 * @param start index of its first digit
 * @param end index after its last digit
 * @param digits its digits alone
 * @param shape the lengths of its groups with what joins them, e.g. {@code 3-2-4}
 */
record Numeral(Folded text, int start, int end, String digits, String shape) {

    private static final String OPERATORS = "=×*·∙÷/+-−^√<>≤≥≈~±∑∏";
    private static final String CURRENCIES = "$€£¥₹₩₽";

    int length() {
        return digits.length();
    }

    /** How many digits its first group has. */
    int firstGroup() {
        int length = 0;
        while (text.isDigit(start + length)) {
            length++;
        }
        return length;
    }

    /** Whether another number stands right before it. */
    boolean followsNumber() {
        return text.at(start - 1) == ' ' && text.isDigit(start - 2);
    }

    /** Whether another number stands right behind it. */
    boolean precedesNumber() {
        return text.at(end) == ' ' && text.isDigit(end + 1);
    }

    boolean isWhole() {
        return digits.length() == end - start;
    }

    /**
     * Whether it is something that is calculated with: an operator with its operand stands beside it, a sign of a currency
     * before it or a unit behind it. {@code a - 555}, {@code = 555} and {@code 555 + 1} are; {@code - 555}, an item of a list,
     * is not.
     */
    boolean isOperand() {
        return isOperandFromLeft(start) || isOperandToRight();
    }

    /** As {@link #isOperand}, by what stands before an index. */
    boolean isOperandFromLeft(int index) {
        int i = beforeSpaces(index - 1);
        while (text.at(i) == '(' || text.at(i) == '[') {
            i = beforeSpaces(i - 1);
        }
        char before = text.at(i);
        if (CURRENCIES.indexOf(before) >= 0) {
            return true;
        }
        if (before == '+' || before == '-' || before == '/' || before == '*' || before == '~') {
            return endsOperand(beforeSpaces(i - 1));
        }
        return before != Folded.NOTHING && OPERATORS.indexOf(before) >= 0;
    }

    /** As {@link #isOperand}, by what stands behind it. */
    boolean isOperandToRight() {
        int i = text.at(end) == ')' ? end + 1 : end;
        i = afterSpaces(i);
        char after = text.at(i);
        if (after == '+'
                || after == '-'
                || after == '/'
                || after == '*'
                || after == '<'
                || after == '>'
                || after == '~') {
            return startsOperand(afterSpaces(i + 1));
        }
        return (after != Folded.NOTHING && (OPERATORS.indexOf(after) >= 0 || CURRENCIES.indexOf(after) >= 0));
    }

    private boolean endsOperand(int index) {
        return text.isDigit(index) || text.at(index) == ')' || (text.isLetter(index) && !text.isLetter(index - 1));
    }

    private boolean startsOperand(int index) {
        return text.isDigit(index) || text.at(index) == '(' || (text.isLetter(index) && !text.isLetter(index + 1));
    }

    private int beforeSpaces(int index) {
        int i = index;
        while (text.at(i) == ' ' && index - i < 4) {
            i--;
        }
        return i;
    }

    private int afterSpaces(int index) {
        int i = index;
        while (text.at(i) == ' ' && i - index < 4) {
            i++;
        }
        return i;
    }
}
