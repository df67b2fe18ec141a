package org.memoryqueue.summariser.privacy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds the numbers that states give to persons, where they are made of digits. Chosen are those of the countries whose
 * languages the offline summariser knows, and of the largest others with a check digit. A shape that amounts have as well
 * counts only behind a word that tells what it is.
 */
final class NationalNumberDetector implements Detector {

    /**
     * One kind of number.
     *
     * @param shapes how it is written, where that tells enough; with its check digits it counts without a word
     * @param toldShapes how it may be written behind a word
     */
    private record Scheme(Set<String> shapes, Set<String> toldShapes, Hints hints, Predicate<String> check) {

        boolean accepts(Numeral number) {
            boolean shaped = shapes.contains(number.shape()) && !number.isOperand() && !number.followsNumber();
            return (shaped || (toldShapes.contains(number.shape()) && hints.precede(number.text(), number.start())))
                    && check.test(number.digits());
        }
    }

    private static final List<Scheme> SCHEMES = List.of(
            // United States: no check digit, but areas, groups and serial numbers that are never given (SSA, RM 10201).
            new Scheme(
                    Set.of("3-2-4"),
                    Set.of("3 2 4", "9", "3.2.4"),
                    Hints.of("ssn ssns social security itin"),
                    NationalNumberDetector::isSocialSecurityNumber),
            // Germany, tax id: ISO 7064, and one digit twice or three times among the first ten (BZSt).
            new Scheme(
                    Set.of("11"),
                    Set.of("2-3-3-3", "2 3 3 3", "11", "3 4 4"),
                    Hints.of("steuer steuerid idnr tin steuernummer identifikationsnummer steueridentifikationsnummer"),
                    NationalNumberDetector::isGermanTaxId),
            // India, Aadhaar (UIDAI).
            new Scheme(
                    Set.of("4 4 4", "4-4-4"),
                    Set.of("12", "4 4 4"),
                    Hints.of("aadhaar aadhar adhaar uid uidai"),
                    digits -> digits.charAt(0) >= '2' && CheckDigits.verhoeff(digits)),
            // France, NIR: sex, year, month, place, order, and 97 less the remainder (INSEE).
            new Scheme(
                    Set.of("15", "1 2 2 2 3 3 2", "13 2", "13-2", "1 2 2 2 3 3-2", "1-2-2-2-3-3-2"),
                    Set.of(),
                    Hints.of("sécurité sociale insee nir"),
                    NationalNumberDetector::isFrenchNumber),
            // Brazil, CPF (Receita Federal).
            new Scheme(
                    Set.of("3.3.3-2"),
                    Set.of("11", "3 3 3 2", "9-2", "3.3.3.2"),
                    Hints.of("cpf"),
                    NationalNumberDetector::isCpf),
            // Canada, SIN.
            new Scheme(
                    Set.of(),
                    Set.of("3-3-3", "3 3 3", "9"),
                    Hints.of("sin nas social insurance"),
                    digits -> digits.charAt(0) != '0' && CheckDigits.luhn(digits)),
            // Sweden, personnummer: a date and Luhn's sum over the last ten digits (Skatteverket).
            new Scheme(
                    Set.of("6-4", "8-4"),
                    Set.of("10", "12", "6 4", "8 4"),
                    Hints.of("personnummer personnr pnr"),
                    NationalNumberDetector::isSwedishNumber),
            // Netherlands, BSN: the sum by eleven.
            new Scheme(
                    Set.of(),
                    Set.of("9", "3 3 3", "4 2 3", "3.3.3", "4.2.3"),
                    Hints.of("bsn burgerservicenummer sofinummer"),
                    digits -> CheckDigits.weighted(digits, 11, 9, 8, 7, 6, 5, 4, 3, 2, -1) == 0),
            // Switzerland, AHV number: EAN-13.
            new Scheme(
                    Set.of("3.4.4.2", "13"),
                    Set.of("3 4 4 2"),
                    Hints.of("ahv avs"),
                    digits -> digits.startsWith("756")
                            && CheckDigits.weighted(digits, 10, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1) == 0),
            // Belgium, national number: 97 less the remainder, of those born since 2000 with a 2 before it.
            new Scheme(
                    Set.of("2.2.2-3.2", "6-3-2", "6 3 2"),
                    Set.of("11"),
                    Hints.of("rijksregisternummer niss insz rijksregister"),
                    digits -> isBelgian(digits, "") || isBelgian(digits, "2")),
            // Poland, PESEL.
            new Scheme(
                    Set.of(),
                    Set.of("11"),
                    Hints.of("pesel"),
                    digits -> CheckDigits.weighted(digits, 10, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) == 0),
            // Portugal, NIF.
            new Scheme(Set.of(), Set.of("9", "3 3 3"), Hints.of("nif contribuinte"), digits -> isPortuguese(digits)));

    @Override
    public void find(Folded text, List<Span> found) {
        Digits digits = Digits.of(text);
        for (int i = 0; i < digits.size(); i++) {
            int last = digits.longest(i, number -> SCHEMES.stream().anyMatch(scheme -> scheme.accepts(number)));
            if (last >= 0) {
                Numeral number = digits.number(i, last);
                found.add(new Span(number.start(), number.end(), Kind.ID));
                i = last;
            }
        }
    }

    private static boolean isSocialSecurityNumber(String digits) {
        String area = digits.substring(0, 3);
        return !area.equals("000") && !area.equals("666") && !digits.startsWith("00", 3) && !digits.endsWith("0000");
    }

    private static boolean isGermanTaxId(String digits) {
        int[] counts = new int[10];
        digits.chars().limit(10).forEach(c -> counts[c - '0']++);
        long repeated =
                java.util.Arrays.stream(counts).filter(count -> count > 1).count();
        boolean rare = java.util.Arrays.stream(counts).noneMatch(count -> count > 3);
        return digits.charAt(0) != '0' && repeated == 1 && rare && CheckDigits.mod11And10(digits);
    }

    private static boolean isFrenchNumber(String digits) {
        int month = Integer.parseInt(digits.substring(3, 5));
        long number = Long.parseLong(digits.substring(0, 13));
        return (digits.charAt(0) == '1' || digits.charAt(0) == '2')
                && month >= 1
                && (month <= 12 || month >= 20)
                && 97 - number % 97 == Long.parseLong(digits.substring(13));
    }

    private static boolean isCpf(String digits) {
        boolean same = digits.chars().distinct().count() == 1;
        int first = CheckDigits.weighted(digits, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2);
        int second = CheckDigits.weighted(digits, 11, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2);
        return !same
                && CheckDigits.digit(digits, 9) == (first < 2 ? 0 : 11 - first)
                && CheckDigits.digit(digits, 10) == (second < 2 ? 0 : 11 - second);
    }

    private static boolean isSwedishNumber(String digits) {
        String ten = digits.substring(digits.length() - 10);
        int day = Integer.parseInt(ten.substring(4, 6));
        // The day of a coordination number has 60 added.
        return isDate(2000, ten.substring(0, 4), day > 60 ? day - 60 : day) && CheckDigits.luhn(ten);
    }

    private static boolean isDate(int century, String yearAndMonth, int day) {
        try {
            int year = century + Integer.parseInt(yearAndMonth.substring(0, 2));
            return LocalDate.of(year, Integer.parseInt(yearAndMonth.substring(2)), day)
                            .getYear()
                    == year;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isBelgian(String digits, String before) {
        int remainder = CheckDigits.remainder(before + digits.substring(0, 9), 97);
        return 97 - remainder == Integer.parseInt(digits.substring(9));
    }

    private static boolean isPortuguese(String digits) {
        int remainder = CheckDigits.weighted(digits, 11, 9, 8, 7, 6, 5, 4, 3, 2);
        return CheckDigits.digit(digits, 8) == (remainder < 2 ? 0 : 11 - remainder);
    }
}
