package org.memoryqueue.summariser.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calculations as they are written in lessons, at random: nothing in them is personal. */
class ArithmeticTest {

    private static final int ROUNDS = 20_000;
    private static final long SEED = 20_261_124;
    private static final List<String> OPERATORS =
            List.of(" + ", " - ", " × ", " * ", " / ", " ÷ ", " − ", "+", "-", "*", "/", "×");
    private static final List<String> FRAMES = List.of(
            "What is %s?",
            "%s",
            "I get %s.",
            "So %s, right?",
            "Is it true that %s?",
            "The answer: %s",
            "x = %s",
            "(%s)",
            "- %s",
            "1) %s",
            "Let's call %s",
            "my number: %s");

    private final PersonalData data = new PersonalData(List.of());
    private final Random random = new Random(SEED);

    @Test
    void leavesEquationsAlone() {
        for (int round = 0; round < ROUNDS; round++) {
            BigInteger a = number(10);
            BigInteger b = number(10);
            String equals = random.nextBoolean() ? " = " : "=";
            String equation = written(a) + pick(OPERATORS) + written(b) + equals + written(a.multiply(b));

            assertNothingIn(pick(FRAMES).formatted(equation));
        }
    }

    @Test
    void leavesTermsAlone() {
        for (int round = 0; round < ROUNDS; round++) {
            String operator = random.nextBoolean() ? " + " : random.nextBoolean() ? " - " : " × ";
            String term = written(number(8)) + operator + written(number(8)) + operator + written(number(4));

            assertNothingIn("What is " + term + "?");
        }
    }

    /** Those of eleven digits can be a tax id by chance. Big ones stand beside a currency or a unit, decimals have a point, lists have commas. */
    @ParameterizedTest
    @ValueSource(strings = {"$%s", "%s km", "%s people", "There are %s of them", "%s %%", "n < %s"})
    void leavesAmountsAlone(String frame) {
        for (int round = 0; round < ROUNDS / 10; round++) {
            assertNothingIn(frame.formatted(written(number(10))));
        }
    }

    @Test
    void leavesDecimalsAndFractionsAlone() {
        for (int round = 0; round < ROUNDS; round++) {
            BigDecimal decimal = new BigDecimal(number(14), random.nextInt(1, 12));
            assertNothingIn("It is " + decimal.toPlainString() + " or " + number(4) + "/" + number(4) + ", " + number(3)
                    + ":" + number(3));
        }
    }

    private void assertNothingIn(String text) {
        assertThat(data.in(text)).as("%s (seed %d)", text, SEED).isEmpty();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private BigInteger number(int mostDigits) {
        int digits = random.nextInt(1, mostDigits + 1);
        return BigInteger.TEN
                .pow(digits - 1)
                .add(new BigInteger(60, random)
                        .mod(BigInteger.TEN.pow(digits - 1).multiply(BigInteger.valueOf(9))));
    }

    /** With thousands apart by nothing, a comma or a space. */
    private String written(BigInteger number) {
        return switch (random.nextInt(3)) {
            case 0 -> number.toString();
            case 1 -> String.format(Locale.ROOT, "%,d", number);
            default -> String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
        };
    }
}
