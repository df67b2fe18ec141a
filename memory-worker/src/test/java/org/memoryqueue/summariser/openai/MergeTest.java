package org.memoryqueue.summariser.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Evidence.Kind;
import org.memoryqueue.memory.Insights;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Summary;

class MergeTest {

    private static final Narrative NARRATIVE = new Narrative("All of it.", "Up.", "On.", Assessment.NONE);

    @Test
    void keepsEachClaimOnceWithItsLastEvidence() {
        Summary merged = merge(
                part(List.of(), struggling("Forgets signs.", 1), struggling("Mixes up units.", 2)),
                part(List.of(), struggling("forgets signs.", 9)));

        assertThat(merged.insights().struggling()).containsExactly("Mixes up units.", "forgets signs.");
        assertThat(merged.evidence()).extracting(Evidence::messageIndex).containsExactly(2, 9);
    }

    @Test
    void keepsTheLatestOfTooManyFindings() {
        Summary merged = merge(IntStream.range(0, 30)
                .mapToObj(i -> part(List.of(), struggling("Claim " + i, i)))
                .toArray(Summary[]::new));

        assertThat(merged.insights().struggling())
                .hasSize(AnswerSchema.MOST_ITEMS)
                .startsWith("Claim 10")
                .endsWith("Claim 29");
    }

    @Test
    void keepsTheLaterOfAStruggleAndAnUnderstandingOfTheSame() {
        Summary merged = merge(
                part(List.of(), struggling("Signs in brackets.", 1), understood("Adds fractions.", 2)),
                part(List.of(), understood("signs in brackets.", 8), struggling("adds fractions.", 9)),
                part(List.of(), understood("Units.", 12), struggling("Units.", 12)));

        assertThat(merged.insights().understood()).containsExactly("signs in brackets.");
        assertThat(merged.insights().struggling()).containsExactly("adds fractions.", "Units.");
        assertThat(merged.evidence()).extracting(Evidence::messageIndex).containsExactly(8, 9, 12);
    }

    @Test
    void putsTheTopicsFirstThatMostPartsName() {
        Summary merged = merge(
                part(List.of(), topic("unit", 1), topic("fraction", 2)),
                part(List.of(), topic("sign", 5), topic("fraction", 6)));

        assertThat(merged.keyTopics()).containsExactly("fraction", "unit", "sign");
        assertThat(merged.evidence().getFirst()).isEqualTo(topic("fraction", 2));
    }

    @Test
    void addsUpWhatWasObservedOfItsTopics() {
        Summary merged = merge(
                part(List.of(new Observation("fraction", 1, 0, 2)), topic("fraction", 2)),
                part(List.of(new Observation("fraction", 2, 1, 0)), topic("fraction", 6)));

        assertThat(merged.observations()).containsExactly(new Observation("fraction", 3, 1, 2));
    }

    @Test
    void takesFromTheNarrativeWhatCannotBePutTogether() {
        Summary merged = merge(part(List.of()));

        assertThat(merged)
                .isEqualTo(new Summary(
                        "openai/2 test",
                        "All of it.",
                        List.of(),
                        new Insights(List.of(), List.of(), "Up."),
                        "On.",
                        Assessment.NONE,
                        List.of(),
                        List.of()));
    }

    private static Summary merge(Summary... parts) {
        return Merge.of("openai/2 test", List.of(parts), NARRATIVE);
    }

    private static Evidence understood(String claim, int index) {
        return new Evidence(Kind.UNDERSTOOD, claim, index, "quote");
    }

    private static Evidence struggling(String claim, int index) {
        return new Evidence(Kind.STRUGGLING, claim, index, "quote");
    }

    private static Evidence topic(String topic, int index) {
        return new Evidence(Kind.TOPIC, topic, index, "quote");
    }

    private static Summary part(List<Observation> observations, Evidence... evidence) {
        return new Summary(
                "openai/2 test",
                "A part.",
                claims(Kind.TOPIC, evidence),
                new Insights(claims(Kind.UNDERSTOOD, evidence), claims(Kind.STRUGGLING, evidence), ""),
                "",
                Assessment.NONE,
                List.of(evidence),
                observations);
    }

    private static List<String> claims(Kind kind, Evidence... evidence) {
        return Stream.of(evidence)
                .filter(found -> found.kind() == kind)
                .map(Evidence::claim)
                .toList();
    }
}
