package org.memoryqueue.summariser.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.summariser.extractive.Signal.*;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Assessment.Outcome;

class OutcomeModelTest {

    private static final Map<Signal, Double> WEIGHTS = Map.of(CONFIRMED_AT_END, 2.0, TOLD_AT_END, -2.0);

    private final OutcomeModel model = new OutcomeModel(new OutcomeWeights(1, WEIGHTS, 0.8, 0.9, 0.6));

    @Test
    void callsSolvedWhatIsLikelyEnough() {
        assertThat(model.assess(signals(Map.of(JUDGED_SHARE, 1.0, CONFIRMED_AT_END, 1.0))))
                .isEqualTo(new Assessment(0.95, Outcome.SOLVED, 0.95));
    }

    @Test
    void callsUnsolvedWhatIsNotLikelyEnough() {
        assertThat(model.assess(signals(Map.of(JUDGED_SHARE, 1.0))))
                .isEqualTo(new Assessment(0.73, Outcome.UNSOLVED, 0.16));
    }

    @Test
    void callsItHelpWhenAnUnlikelyAnswerIsTheTutors() {
        assertThat(model.assess(signals(Map.of(JUDGED_SHARE, 1.0, TUTORS_RESULT, 1.0)))
                        .outcome())
                .isEqualTo(Outcome.SOLVED_WITH_HELP);
    }

    @Test
    void creditsNobodyWithWhatWasGivenAwayHoweverLikely() {
        Map<Signal, Double> told = Map.of(JUDGED_SHARE, 1.0, TUTORS_RESULT, 1.0, TOLD_AT_END, 1.0);

        assertThat(new OutcomeModel(new OutcomeWeights(9, Map.of(), 0.8, 0.9, 0.6))
                        .assess(signals(told))
                        .outcome())
                .isEqualTo(Outcome.SOLVED_WITH_HELP);
    }

    @Test
    void callsARejectedEndingUnsolvedHoweverLikely() {
        Map<Signal, Double> rejected = Map.of(JUDGED_SHARE, 1.0, REJECTED_AT_END, 1.0);

        assertThat(new OutcomeModel(new OutcomeWeights(9, Map.of(), 0.8, 0.9, 0.6))
                        .assess(signals(rejected))
                        .outcome())
                .isEqualTo(Outcome.UNSOLVED);
    }

    @Test
    void knowsNoOutcomeWhereTheTutorJudgedNothing() {
        assertThat(model.assess(signals(Map.of()))).isEqualTo(new Assessment(0.73, Outcome.UNKNOWN, 0));
    }

    @Test
    void shipsWeightsThatPraiseRaisesAndDisclosureLowers() {
        Map<Signal, Double> weights = OutcomeWeights.shipped().weights();

        assertThat(weights.get(CONFIRMED_AT_END)).isPositive();
        assertThat(weights.get(RECENT_VERDICTS)).isPositive();
        assertThat(weights.get(OWN_RESULT)).isPositive();
        assertThat(weights.get(REJECTED_AT_END)).isNegative();
        assertThat(weights.get(TOLD_AT_END)).isNegative();
        assertThat(weights.get(DISCLOSURES)).isNegative();
    }

    @Test
    void writesWeightsAsItReadsThem() {
        OutcomeWeights weights = OutcomeWeights.shipped();

        assertThat(OutcomeWeights.parse(weights.lines())).isEqualTo(weights);
    }

    private static Signals signals(Map<Signal, Double> present) {
        Map<Signal, Double> values = new EnumMap<>(Signal.class);
        for (Signal signal : Signal.values()) {
            values.put(signal, present.getOrDefault(signal, 0.0));
        }
        return new Signals(values);
    }
}
