package org.memoryqueue.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.memoryqueue.benchmarks.quality.LabelledDialogue.Ending;
import org.memoryqueue.benchmarks.quality.Memories.Memory;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Insights;
import org.memoryqueue.memory.Summary;

class GroundingTest {

    private static final LabelledDialogue DIALOGUE = Dialogues.dialogue(
            "a sum",
            Ending.SOLVED,
            "subtracted the seats",
            "How many?",
            "12",
            "It is 15 seats in all.",
            "So 15 seats in all.");

    private static List<Memory> with(Evidence evidence, String claim) {
        Insights insights = new Insights(List.of(claim), List.of(), "");
        return List.of(new Memory(
                DIALOGUE,
                new Summary(
                        "test/1", "A sum.", List.of(), insights, "", Assessment.NONE, List.of(evidence), List.of())));
    }

    private static Evidence understood(int message, String quote) {
        return new Evidence(Evidence.Kind.UNDERSTOOD, "seats", message, quote);
    }

    @Test
    void verifiesQuotesLetterForLetter() {
        assertThat(Grounding.verified(with(understood(1, "12"), "seats")).value())
                .isEqualTo(1);
        assertThat(Grounding.verified(with(understood(1, "13"), "seats")).value())
                .isZero();
        assertThat(Grounding.verified(with(understood(9, "12"), "seats")).value())
                .isZero();
    }

    @Test
    void missesAClaimWithoutEvidence() {
        assertThat(Grounding.backed(with(understood(1, "12"), "something else")).value())
                .isZero();
    }

    @Test
    void noticesTheTutorsWordsInAStudentsMouth() {
        assertThat(Grounding.creditedToTheWrongOne(with(understood(3, "15 seats in all"), "seats"))
                        .met())
                .isEqualTo(1);
        assertThat(Grounding.creditedToTheWrongOne(with(understood(2, "It is 15"), "seats"))
                        .met())
                .isEqualTo(1);
        assertThat(Grounding.creditedToTheWrongOne(with(understood(1, "12"), "seats"))
                        .met())
                .isZero();
    }

    @Test
    void comparesDescriptionsByTheStemsOfTheirWords() {
        assertThat(ConfusionOverlap.stems("The student SUBTRACTED the spoons"))
                .isEqualTo(ConfusionOverlap.stems("subtraction of a spoon; the answer"));
    }
}
