package org.memoryqueue.summariser.privacy;

import java.util.List;
import java.util.Set;

/**
 * Finds the numbers of payment cards: by the ranges that are given out to brands, their lengths, the usual groups, and Luhn's
 * sum. One random number of 16 digits in fifty passes, so what is calculated with is left alone.
 */
final class CardDetector implements Detector {

    private static final Set<String> SHAPES =
            Set.of("4 4 4 4", "4-4-4-4", "4 6 5", "4-6-5", "4 6 4", "4-6-4", "4 4 4 4 3", "4-4-4-4-3", "4.4.4.4");

    private static final Hints HINTS =
            Hints.of("card cards visa mastercard amex credit debit karte kreditkarte tarjeta carte cartão kaart");

    @Override
    public void find(Folded text, List<Span> found) {
        Digits digits = Digits.of(text);
        for (int i = 0; i < digits.size(); i++) {
            int last = digits.longest(i, CardDetector::isCard);
            if (last >= 0) {
                Numeral number = digits.number(i, last);
                found.add(new Span(number.start(), number.end(), Kind.CARD));
                i = last;
            }
        }
    }

    private static boolean isCard(Numeral number) {
        int length = number.length();
        return length >= 13
                && length <= 19
                && (number.isWhole() || SHAPES.contains(number.shape()))
                && isGivenOut(number.digits())
                && CheckDigits.luhn(number.digits())
                && (!(number.isOperand() || number.followsNumber()) || HINTS.precede(number.text(), number.start()));
    }

    /** The issuers' ranges of ISO/IEC 7812, as the brands publish them. */
    private static boolean isGivenOut(String digits) {
        int length = digits.length();
        int two = Integer.parseInt(digits.substring(0, 2));
        int four = Integer.parseInt(digits.substring(0, 4));
        return switch (digits.charAt(0)) {
            case '4' -> length == 13 || length == 16 || length == 19;
            case '2' -> length == 16 && four >= 2221 && four <= 2720;
            case '3' ->
                (length == 15 && (two == 34 || two == 37))
                        || (length == 14 && (two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059)))
                        || (length >= 16 && four >= 3528 && four <= 3589);
            case '5' -> (length == 16 && two >= 51 && two <= 55) || (length >= 16 && (two == 50 || two >= 56));
            case '6' -> length >= 16;
            default -> false;
        };
    }
}
