package org.memoryqueue.summariser.privacy;

/** The sums by which numbers guard against misspelling. Each takes digits and tells whether they agree. */
final class CheckDigits {

    private static final int[][] VERHOEFF_PERMUTATION = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
        {5, 8, 0, 3, 7, 9, 6, 1, 4, 2},
        {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
        {9, 4, 5, 3, 1, 2, 6, 8, 7, 0},
        {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
        {2, 7, 9, 3, 8, 0, 6, 4, 1, 5},
        {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}
    };

    private CheckDigits() {}

    /** ISO/IEC 7812-1, Annex B: payment cards, the Swedish personal number, the Canadian SIN. */
    static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int doubled = digit(digits, digits.length() - 1 - i) * (i % 2 + 1);
            sum += doubled / 10 + doubled % 10;
        }
        return sum % 10 == 0;
    }

    /** J. Verhoeff, Error Detecting Decimal Codes, 1969, in the dihedral group of order 10: Aadhaar. */
    static boolean verhoeff(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum = dihedral(sum, VERHOEFF_PERMUTATION[i % 8][digit(digits, digits.length() - 1 - i)]);
        }
        return sum == 0;
    }

    /** The product in the dihedral group of order 10: rotations are 0 to 4, reflections 5 to 9. */
    private static int dihedral(int a, int b) {
        if (a < 5) {
            return b < 5 ? (a + b) % 5 : 5 + (a + b - 5) % 5;
        }
        return b < 5 ? 5 + (a - 5 + 5 - b) % 5 : (a - b + 5) % 5;
    }

    /** ISO/IEC 7064, MOD 11,10: the German tax id. */
    static boolean mod11And10(String digits) {
        int product = 10;
        for (int i = 0; i < digits.length() - 1; i++) {
            int sum = (digit(digits, i) + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == digit(digits, digits.length() - 1);
    }

    /** The sum of digits by weights, modulo a number. */
    static int weighted(String digits, int modulus, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += digit(digits, i) * weights[i];
        }
        return Math.floorMod(sum, modulus);
    }

    /** The remainder of a number of any length. */
    static int remainder(String digits, int modulus) {
        int remainder = 0;
        for (int i = 0; i < digits.length(); i++) {
            remainder = (remainder * 10 + digit(digits, i)) % modulus;
        }
        return remainder;
    }

    /** ISO 13616 and ISO/IEC 7064, MOD 97-10: IBAN, letters counted as 10 to 35, the first four characters last. */
    static boolean iban(String iban) {
        int remainder = 0;
        for (int i = 0; i < iban.length(); i++) {
            int value = Character.digit(iban.charAt((i + 4) % iban.length()), 36);
            remainder = (value < 10 ? remainder * 10 + value : remainder * 100 + value) % 97;
        }
        return remainder == 1;
    }

    static int digit(String digits, int index) {
        return digits.charAt(index) - '0';
    }
}
