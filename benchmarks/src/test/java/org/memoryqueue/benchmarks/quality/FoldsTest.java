package org.memoryqueue.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {

    private final List<LabelledDialogue> dialogues = Dialogues.ofSums(20);
    private final List<String> problems =
            dialogues.stream().map(LabelledDialogue::problem).toList();

    @Test
    void keepsAllDialoguesOfAProblemTogether() {
        Folds folds = new Folds(problems, 5, 1);

        for (int fold = 0; fold < 5; fold++) {
            List<String> inside = folds.inside(fold, problems, problem -> problem);

            assertThat(inside)
                    .hasSize(12)
                    .doesNotContainAnyElementsOf(folds.outside(fold, problems, problem -> problem));
        }
    }

    @Test
    void dealsTheSameWayForTheSameSeedInWhateverOrder() {
        Folds folds = new Folds(problems, 5, 7);
        Folds again = new Folds(problems.reversed(), 5, 7);

        assertThat(problems.stream().map(folds::of))
                .containsExactlyElementsOf(problems.stream().map(again::of).toList());
        assertThat(IntStream.range(0, 60).map(i -> folds.of(problems.get(i))).distinct())
                .hasSize(5);
    }
}
