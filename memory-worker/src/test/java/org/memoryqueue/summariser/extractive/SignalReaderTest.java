package org.memoryqueue.summariser.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.memoryqueue.summariser.extractive.Dialogue.dialogue;
import static org.memoryqueue.summariser.extractive.Signal.*;

import org.junit.jupiter.api.Test;

class SignalReaderTest {

    private static Dialogue opened() {
        return dialogue().tutor("A bus has 50 seats in 10 rows. How many in a row?");
    }

    @Test
    void readsVerdictsTheLatestMost() {
        Signals signals =
                signals(opened().student("40").tutor("No.").student("5").tutor("Yes, well done!"));

        assertThat(signals.of(CONFIRMED_AT_END)).isEqualTo(1);
        assertThat(signals.of(REJECTED_AT_END)).isZero();
        assertThat(signals.of(JUDGED_SHARE)).isEqualTo(1);
        assertThat(signals.of(RECENT_VERDICTS)).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(signals.of(TUTOR_SPEAKS_LAST)).isEqualTo(1);
        assertThat(signals.of(LENGTH)).isCloseTo(Math.log(5), within(1e-9));
    }

    @Test
    void tellsTheStudentsOwnResultFromTheTutors() {
        Signals own = signals(opened().student("40").tutor("No, divide.").student("50 / 10 = 5"));
        Signals told = signals(opened().student("40").tutor("No, it is 5.").student("So it is 5"));
        Signals asked = signals(opened().student("40").tutor("Could it be 5?").student("Yes, 5"));

        assertThat(own.of(OWN_RESULT)).isEqualTo(1);
        assertThat(own.of(TUTORS_RESULT)).isZero();
        assertThat(told.of(OWN_RESULT)).isZero();
        assertThat(told.of(TOLD_AT_END)).isEqualTo(1);
        assertThat(told.of(NUMBERS_GIVEN)).isCloseTo(Math.log(2), within(1e-9));
        assertThat(asked.of(TUTORS_RESULT)).isEqualTo(1);
        assertThat(asked.of(TOLD_AT_END)).isZero();
    }

    @Test
    void tellsItByWordsWhereThereAreNoNumbers() {
        Dialogue started =
                dialogue().tutor("Which process turns sugar into energy?").student("Digestion, because it burns food");

        Signals told =
                signals(started.tutor("No. It is called cellular respiration.").student("cellular respiration"));

        assertThat(told.of(TOLD_AT_END)).isEqualTo(1);
        assertThat(told.of(DISCLOSURES)).isCloseTo(Math.log(2), within(1e-9));
        assertThat(told.of(DISCLOSED_LATE)).isEqualTo(0.5);
    }

    @Test
    void countsRepeatsAndReturnsToWhatWasTurnedDown() {
        Signals signals = signals(opened().student("40")
                .tutor("No.")
                .student("30")
                .tutor("Hmm, a bus is long.")
                .student("40")
                .tutor("You said so before."));

        assertThat(signals.of(REPEATS)).isCloseTo(Math.log(2), within(1e-9));
        assertThat(signals.of(BACK_TO_REJECTED)).isCloseTo(Math.log(2), within(1e-9));
    }

    @Test
    void countsTheTutorsMessagesThatAsk() {
        Signals signals = signals(opened().student("40").tutor("No."));

        assertThat(signals.of(TUTOR_ASKS)).isEqualTo(0.5);
    }

    @Test
    void doesNotJudgeWhereNobodyReacted() {
        assertThat(new ExtractiveSummariser().signals(opened().student("5").transcript()))
                .isEmpty();
        assertThat(new ExtractiveSummariser()
                        .signals(dialogue()
                                .student("What is a verb?")
                                .tutor("A word for an action.")
                                .transcript()))
                .isEmpty();
    }

    private static Signals signals(Dialogue dialogue) {
        return new ExtractiveSummariser().signals(dialogue.transcript()).orElseThrow();
    }
}
