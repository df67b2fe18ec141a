package org.memoryqueue.profile;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;

/**
 * How evidence fades: an answer counts half as much for each {@value #HALF_LIFE_DAYS} days that have passed since (a power
 * prior with exponential discounting: Ibrahim and Chen, <i>Power Prior Distributions for Regression Models</i>, Statistical
 * Science 15(1), 2000).
 *
 * <p>Instead of letting old answers shrink, later ones weigh more: an answer of day d weighs 2^(d / half-life), counted from
 * a fixed day, and a sum of such weights is divided by the weight of the day on which it is looked at. So the sums need no
 * touch as time passes. Weights are whole numbers (2^20 on the first day), so sums are exact in any order, and can be
 * subtracted. Days are those of UTC; within one nothing fades.
 */
final class Forgetting {

    static final int HALF_LIFE_DAYS = 60;

    /** What is older weighs as much as on this day, which by now is nothing. */
    private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

    /** A hundred years, so that a date that is none makes no endless number. */
    private static final long MOST_DAYS = 36_525;

    private static final int ONE = 1 << 20;

    private static final long[] WITHIN_HALF_LIFE = IntStream.range(0, HALF_LIFE_DAYS)
            .mapToLong(day -> Math.round(ONE * StrictMath.pow(2, day / (double) HALF_LIFE_DAYS)))
            .toArray();

    private Forgetting() {}

    /** The day of a moment. */
    static LocalDate day(Instant at) {
        return at.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** How much an answer of that day weighs. */
    static BigInteger weight(LocalDate day) {
        long days = Math.clamp(ChronoUnit.DAYS.between(FIRST, day), 0, MOST_DAYS);
        return BigInteger.valueOf(WITHIN_HALF_LIFE[(int) (days % HALF_LIFE_DAYS)])
                .shiftLeft((int) (days / HALF_LIFE_DAYS));
    }

    /** How many answers of that day a sum of weights is worth. */
    static double worth(BigInteger weights, LocalDate day) {
        return new BigDecimal(weights)
                .divide(new BigDecimal(weight(day)), MathContext.DECIMAL64)
                .doubleValue();
    }
}
