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
        return List.of(memory(DIALOGUE, evidence, claim));
    }

    private static Memory memory(LabelledDialogue dialogue, Evidence evidence, String claim) {
        Insights insights = new Insights(List.of(claim), List.of(), "");
        return new Memory(
                dialogue,
                new Summary(
                        "test/1", "A sum.", List.of(), insights, "", Assessment.NONE, List.of(evidence), List.of()));
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

    /** Half of it from one message, half from another: no single message holds most of it. */
    @Test
    void noticesWordsPutTogetherFromSeveralMessagesOfTheTutor() {
        LabelledDialogue dialogue = Dialogues.dialogue(
                "a hall",
                Ending.SOLVED,
                "",
                "A hall has 20 seats. How many are free?",
                "I would guess 27 seats.",
                "Remember that seven visitors arrived.",
                "Hmm.",
                "Then subtract them, which leaves 13.",
                "Seven visitors, subtract, leaves 13 seats.");
        Evidence evidence = understood(5, "Seven visitors, subtract, leaves 13 seats.");
        Evidence own = understood(1, "I would guess 27 seats.");

        assertThat(firstSaid(dialogue, evidence).mostly().met()).isEqualTo(1);
        assertThat(Grounding.creditedToTheWrongOne(List.of(memory(dialogue, evidence, "seats")))
                        .met())
                .as("by the other rule")
                .isZero();
        assertThat(firstSaid(dialogue, own).mostly().met()).isZero();
    }

    @Test
    void noticesSeveralWordsInARowThatTheTutorSaidFirst() {
        LabelledDialogue dialogue = Dialogues.dialogue(
                "a hall",
                Ending.SOLVED,
                "",
                "How many?",
                "It is the sum of both.",
                "Not it is the sum of both, but one minus the other one.",
                "Oh, one minus the other one, and it is the sum of both.");

        assertThat(firstSaid(dialogue, understood(3, "one minus the other one"))
                        .inARow()
                        .met())
                .isEqualTo(1);
        assertThat(firstSaid(dialogue, understood(3, "it is the sum of both"))
                        .inARow()
                        .met())
                .isZero();
    }

    private static FirstSaid firstSaid(LabelledDialogue dialogue, Evidence evidence) {
        return FirstSaid.of(List.of(memory(dialogue, evidence, "seats")), Evidence.Kind.UNDERSTOOD);
    }

    @Test
    void comparesDescriptionsByTheStemsOfTheirWords() {
        assertThat(ConfusionOverlap.stems("The student SUBTRACTED the spoons"))
                .isEqualTo(ConfusionOverlap.stems("subtraction of a spoon; the answer"));
    }
}
