package org.memoryqueue.worker.summariser;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Insights;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.Summariser;
import org.memoryqueue.summariser.extractive.ExtractiveSummariser;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;

class BudgetedSummariserTest {

    private static final Transcript TRANSCRIPT = new Transcript(
            new Session("ada", "tutor", "room", Instant.EPOCH),
            List.of(new Message("user", "How do I add fractions?"), new Message("assistant", "What have you tried?")));

    private static final Summariser MODEL = transcript -> Uni.createFrom()
            .item(new Summary(
                    "openai/2 test",
                    "They talked.",
                    List.of(),
                    new Insights(List.of(), List.of(), ""),
                    "",
                    Assessment.NONE,
                    List.of(),
                    List.of()));

    private final AtomicBoolean exhausted = new AtomicBoolean();
    private final Summariser summariser = new BudgetedSummariser(MODEL, new ExtractiveSummariser(), exhausted::get);

    @Test
    void summarisesOfflineWhileTheBudgetIsUsedUpAndSaysSo() {
        assertThat(generator()).isEqualTo("openai/2 test");

        exhausted.set(true);
        assertThat(generator()).startsWith("extractive/");

        exhausted.set(false);
        assertThat(generator()).isEqualTo("openai/2 test");
    }

    private String generator() {
        return summariser.summarise(TRANSCRIPT).await().indefinitely().generator();
    }
}
