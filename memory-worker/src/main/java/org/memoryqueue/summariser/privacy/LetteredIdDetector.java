package org.memoryqueue.summariser.privacy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds accounts and the numbers of persons in which letters stand: IBAN, the British national insurance number, the Spanish
 * DNI and NIE, the Indian PAN, the Italian codice fiscale, the Chinese resident identity number.
 */
final class LetteredIdDetector implements Detector {

    /** The lengths of the IBAN registry (SWIFT, ISO 13616). */
    private static final Map<String, Integer> IBAN_LENGTHS = Map.ofEntries(
            Map.entry("no", 15),
            Map.entry("be", 16),
            Map.entry("dk", 18),
            Map.entry("fi", 18),
            Map.entry("nl", 18),
            Map.entry("si", 19),
            Map.entry("mk", 19),
            Map.entry("at", 20),
            Map.entry("ee", 20),
            Map.entry("lt", 20),
            Map.entry("lu", 20),
            Map.entry("ba", 20),
            Map.entry("xk", 20),
            Map.entry("ch", 21),
            Map.entry("hr", 21),
            Map.entry("li", 21),
            Map.entry("lv", 21),
            Map.entry("bg", 22),
            Map.entry("de", 22),
            Map.entry("gb", 22),
            Map.entry("ge", 22),
            Map.entry("ie", 22),
            Map.entry("me", 22),
            Map.entry("rs", 22),
            Map.entry("ae", 23),
            Map.entry("gi", 23),
            Map.entry("il", 23),
            Map.entry("ad", 24),
            Map.entry("cz", 24),
            Map.entry("es", 24),
            Map.entry("md", 24),
            Map.entry("pk", 24),
            Map.entry("ro", 24),
            Map.entry("sa", 24),
            Map.entry("se", 24),
            Map.entry("sk", 24),
            Map.entry("tn", 24),
            Map.entry("pt", 25),
            Map.entry("is", 26),
            Map.entry("tr", 26),
            Map.entry("fr", 27),
            Map.entry("gr", 27),
            Map.entry("it", 27),
            Map.entry("mc", 27),
            Map.entry("sm", 27),
            Map.entry("al", 28),
            Map.entry("cy", 28),
            Map.entry("hu", 28),
            Map.entry("lb", 28),
            Map.entry("pl", 28),
            Map.entry("ua", 29),
            Map.entry("qa", 29),
            Map.entry("eg", 29),
            Map.entry("br", 29),
            Map.entry("kw", 30),
            Map.entry("jo", 30),
            Map.entry("mu", 30),
            Map.entry("mt", 31));

    private static final String DNI_LETTERS = "trwagmyfpdxbnjzsqvhlcke";
    private static final int[] ODD_VALUES = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };
    private static final int[] CHINESE_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    private static final Hints DNI_HINTS = Hints.of("dni nie nif documento identidad");

    @Override
    public void find(Folded text, List<Span> found) {
        for (int i = 0; i < text.length(); i++) {
            if (isSign(text, i) && !isSign(text, i - 1)) {
                Span span = at(text, i);
                if (span != null) {
                    found.add(span);
                    i = span.end() - 1;
                }
            }
        }
    }

    private static @Nullable Span at(Folded text, int start) {
        int end = iban(text, start);
        if (end > 0) {
            return new Span(start, end, Kind.ACCOUNT);
        }
        end = Math.max(
                Math.max(insuranceNumber(text, start), dni(text, start)),
                Math.max(whole(text, start), chinese(text, start)));
        return end > 0 ? new Span(start, end, Kind.ID) : null;
    }

    private static int iban(Folded text, int start) {
        Integer length = IBAN_LENGTHS.get(compact(text, start, 2, ""));
        if (length == null || !text.isDigit(start + 2) || !text.isDigit(start + 3)) {
            return -1;
        }
        int end = endOf(text, start, length, " -");
        boolean grouped = end - start == length || isInFours(text, start, end);
        return end > 0 && grouped && CheckDigits.iban(compact(text, start, length, " -")) ? end : -1;
    }

    /** As an IBAN is printed; words that happen to follow each other are not. */
    private static boolean isInFours(Folded text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (isSign(text, i) == ((i - start) % 5 == 4)) {
                return false;
            }
        }
        return true;
    }

    /** Two letters, six digits, a letter from A to D; some letters and pairs are never given (HMRC, NIM39110). */
    private static int insuranceNumber(Folded text, int start) {
        int end = endOf(text, start, 9, " ");
        if (end < 0) {
            return -1;
        }
        String number = compact(text, start, 9, " ");
        boolean given = hasShape(number, "aadddddda")
                && "dfiquv".indexOf(number.charAt(0)) < 0
                && "dfioquv".indexOf(number.charAt(1)) < 0
                && "abcd".indexOf(number.charAt(8)) >= 0
                && !List.of("bg", "gb", "kn", "nk", "nt", "tn", "zz").contains(number.substring(0, 2));
        return given ? end : -1;
    }

    /** Eight digits, or X, Y or Z and seven, and the letter of the remainder by 23. A small letter may be a unit. */
    private static int dni(Folded text, int start) {
        int end = endOf(text, start, 9, ".-");
        if (end < 0 || !(text.isCapital(end - 1) || DNI_HINTS.precede(text, start))) {
            return -1;
        }
        String number = compact(text, start, 9, ".-");
        int foreigner = "xyz".indexOf(number.charAt(0));
        String digits = foreigner < 0 ? number.substring(0, 8) : foreigner + number.substring(1, 8);
        boolean shaped = hasShape(number, foreigner < 0 ? "dddddddda" : "addddddda");
        return shaped && DNI_LETTERS.charAt(CheckDigits.remainder(digits, 23)) == number.charAt(8) ? end : -1;
    }

    /** What is written in one word: PAN and codice fiscale. */
    private static int whole(Folded text, int start) {
        if (!text.isCapital(start)) {
            return -1;
        }
        int end = endOf(text, start, 10, "");
        if (end > 0) {
            String number = compact(text, start, 10, "");
            return hasShape(number, "aaaaadddda") && "abcfghljpt".indexOf(number.charAt(3)) >= 0 ? end : -1;
        }
        end = endOf(text, start, 16, " ");
        return end > 0 && isCodiceFiscale(compact(text, start, 16, " ")) ? end : -1;
    }

    /** By the table of the decree of 23 December 1976. */
    private static boolean isCodiceFiscale(String code) {
        if (!hasShape(code, "aaaaaaddaddaddda")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char c = code.charAt(i);
            int value = c <= '9' ? c - '0' : c - 'a';
            sum += i % 2 == 0 ? ODD_VALUES[value] : value;
        }
        return 'a' + sum % 26 == code.charAt(15);
    }

    /** Place, date, order, and a check digit or X (GB 11643-1999). */
    private static int chinese(Folded text, int start) {
        int end = endOf(text, start, 18, "");
        String number = end < 0 ? "" : compact(text, start, 18, "");
        if (!hasShape(number, "ddddddddddddddddda") && !hasShape(number, "dddddddddddddddddd")) {
            return -1;
        }
        int month = Integer.parseInt(number.substring(10, 12));
        int day = Integer.parseInt(number.substring(12, 14));
        boolean dated = (number.startsWith("19", 6) || number.startsWith("20", 6))
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= 31;
        return dated && "10x98765432".charAt(CheckDigits.weighted(number, 11, CHINESE_WEIGHTS)) == number.charAt(17)
                ? end
                : -1;
    }

    /** Whether a text has digits where there is a d, and letters where there is an a. */
    private static boolean hasShape(String text, String shape) {
        if (text.length() != shape.length()) {
            return false;
        }
        for (int i = 0; i < shape.length(); i++) {
            boolean digit = text.charAt(i) <= '9';
            if (digit != (shape.charAt(i) == 'd')) {
                return false;
            }
        }
        return true;
    }

    /** Where a number of so many letters and digits ends, single separators between them; negative when it does not. */
    private static int endOf(Folded text, int start, int count, String separators) {
        int i = start;
        for (int read = 0; read < count; read++) {
            if (read > 0 && text.at(i) != Folded.NOTHING && separators.indexOf(text.at(i)) >= 0) {
                i++;
            }
            if (!isSign(text, i++)) {
                return -1;
            }
        }
        return isSign(text, i) || text.isLetter(i) ? -1 : i;
    }

    /** Its letters and digits alone. */
    private static String compact(Folded text, int start, int count, String separators) {
        StringBuilder signs = new StringBuilder(count);
        for (int i = start; signs.length() < count && i < text.length(); i++) {
            if (isSign(text, i)) {
                signs.append(text.at(i));
            } else if (separators.indexOf(text.at(i)) < 0) {
                break;
            }
        }
        return signs.toString();
    }

    private static boolean isSign(Folded text, int index) {
        char c = text.at(index);
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
