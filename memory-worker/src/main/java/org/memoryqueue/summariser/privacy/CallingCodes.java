package org.memoryqueue.summariser.privacy;

import java.util.Set;

/** The calling codes of countries, after ITU-T E.164, by their first two digits; a country has one to three. */
final class CallingCodes {

    /** A third digit tells which country it is, and no code ends before it. */
    private static final Set<String> WITH_A_THIRD_DIGIT = Set.of(
            "21", "22", "23", "24", "25", "26", "29", "35", "37", "38", "42", "50", "59", "67", "68", "69", "80", "85",
            "87", "88", "96", "97", "99");

    private static final Set<String> OF_TWO_DIGITS = Set.of(
            "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
            "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
            "86", "90", "91", "92", "93", "94", "95", "98");

    private static final int SHORTEST = 8;
    private static final int LONGEST = 15;
    private static final int IN_NORTH_AMERICA_OR_RUSSIA = 11;

    private CallingCodes() {}

    /** Whether digits can be a whole number with its calling code: in all at most 15. */
    static boolean begin(String digits) {
        if (digits.length() < SHORTEST || digits.length() > LONGEST) {
            return false;
        }
        String code = digits.substring(0, 2);
        return switch (digits.charAt(0)) {
            case '0' -> false;
            case '1' -> digits.length() == IN_NORTH_AMERICA_OR_RUSSIA && digits.charAt(1) >= '2';
            case '7' -> digits.length() == IN_NORTH_AMERICA_OR_RUSSIA && digits.charAt(1) >= '3';
            default -> OF_TWO_DIGITS.contains(code) || WITH_A_THIRD_DIGIT.contains(code);
        };
    }
}
