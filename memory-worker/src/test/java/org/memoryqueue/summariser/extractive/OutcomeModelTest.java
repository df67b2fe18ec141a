package org.memoryqueue.summariser.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Assessment.Outcome;

class OutcomeModelTest {

    private final OutcomeModel model = new OutcomeModel();

    @Test
    void doesNotJudgeWhatTheTutorDidNotJudge() {
        assertThat(model.assess(new Signals(0, 0, 0, 2, Verdict.OPEN, false, false)))
                .isEqualTo(Assessment.NONE);
    }

    @Test
    void believesAConfirmationAtTheEndMost() {
        assertThat(probability(new Signals(1, 1, 0, 0, Verdict.RIGHT, true, false)))
                .isGreaterThan(probability(new Signals(1, 1, 0, 0, Verdict.RIGHT, false, false)))
                .isGreaterThan(0.9);
    }

    @Test
    void discountsWhatTheTutorGaveAway() {
        Signals told = new Signals(1, 1, 0, 1, Verdict.RIGHT, true, true);

        assertThat(probability(told)).isLessThan(probability(new Signals(1, 1, 0, 0, Verdict.RIGHT, true, false)));
        assertThat(model.assess(told).outcome()).isEqualTo(Outcome.SOLVED_WITH_HELP);
    }

    @Test
    void countsRepeatsOnlyUpToABound() {
        assertThat(probability(new Signals(0, 9, 3, 0, Verdict.WRONG, false, false)))
                .isEqualTo(probability(new Signals(0, 9, 90, 0, Verdict.WRONG, false, false)));
    }

    @Test
    void doesNotCallSolvedWhatWasNeverConfirmed() {
        assertThat(model.assess(new Signals(0, 1, 0, 0, Verdict.DOUBTED, false, false))
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void callsARejectedEndingUnsolvedWhateverTheOdds() {
        assertThat(model.assess(new Signals(3, 1, 0, 0, Verdict.WRONG, true, false))
                        .outcome())
                .isEqualTo(Outcome.UNSOLVED);
    }

    private double probability(Signals signals) {
        Double probability = model.assess(signals).solvedUnaided();
        assertThat(probability).isNotNull();
        return probability == null ? Double.NaN : probability;
    }
}
