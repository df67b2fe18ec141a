package org.memoryqueue.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogisticRegressionTest {

    @Test
    void findsTheLogOddsOfASingleFlag() {
        // 3 of 4 are true with the flag, 1 of 4 without: the odds are 3 and 1/3.
        double[][] rows = {{1}, {1}, {1}, {1}, {0}, {0}, {0}, {0}};
        boolean[] labels = {true, true, true, false, true, false, false, false};

        double[] fitted = LogisticRegression.fit(rows, labels, 1e-9);

        assertThat(fitted[0]).isCloseTo(-Math.log(3), within(1e-6));
        assertThat(fitted[1]).isCloseTo(2 * Math.log(3), within(1e-6));
    }

    @Test
    void shrinksCoefficientsUnderAPenaltyButNotTheIntercept() {
        double[][] rows = {{1}, {1}, {1}, {0}};
        boolean[] labels = {true, true, true, false};

        double[] fitted = LogisticRegression.fit(rows, labels, 1e6);

        assertThat(fitted[1]).isCloseTo(0, within(1e-3));
        assertThat(fitted[0]).isCloseTo(Math.log(3), within(1e-3));
    }

    @Test
    void givesNoSayToAColumnThatNeverChanges() {
        double[][] rows = {{1, 5}, {0, 5}, {1, 5}, {0, 5}};

        assertThat(LogisticRegression.fit(rows, new boolean[] {true, false, false, true}, 1)[2])
                .isZero();
    }

    @Test
    void separatesWhatCanBeSeparatedWithoutGoingToInfinity() {
        double[][] rows = {{2}, {1}, {-1}, {-2}};

        double[] fitted = LogisticRegression.fit(rows, new boolean[] {true, true, false, false}, 1);

        assertThat(fitted[1]).isBetween(0.1, 10.0);
    }
}
