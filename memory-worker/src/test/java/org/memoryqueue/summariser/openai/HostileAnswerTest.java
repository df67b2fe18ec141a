package org.memoryqueue.summariser.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.SummariserException;
import org.memoryqueue.testing.model.Reply;

/** Answers that were right once, and then were tampered with. */
class HostileAnswerTest {

    private static final int ANSWERS = 5_000;
    private static final long SEED = 20_261_124;

    @Test
    void becomeASoundSummaryOrAFailureThatRepeatsNothing() {
        Random random = new Random(SEED);
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < ANSWERS; i++) {
            String answer = tamperedWith(Talk.ANSWER, random);
            try {
                assertSound(summary(answer));
                accepted++;
            } catch (SummariserException e) {
                assertThat(e.getMessage()).doesNotContain("bottoms", "fraction", "denominator", "3/6");
                refused++;
            }
        }
        assertThat(accepted).as("accepted with seed %d", SEED).isGreaterThan(ANSWERS / 100);
        assertThat(refused).as("refused with seed %d", SEED).isGreaterThan(ANSWERS / 100);
    }

    private static Summary summary(String answer) {
        JsonNode read = Completion.read(
                        Completion.object(Reply.answer(answer).body().getBytes(StandardCharsets.UTF_8)))
                .answer();
        AnswerSchema.WHOLE.check(read);
        return new Proof(Talk.FRACTIONS, Talk.whole(Talk.FRACTIONS)).summary("openai/1 test", read);
    }

    private static void assertSound(Summary summary) {
        assertThat(summary.conversationSummary()).isNotBlank();
        for (Evidence evidence : summary.evidence()) {
            assertThat(Talk.FRACTIONS.messages().get(evidence.messageIndex()).content())
                    .contains(evidence.quote());
        }
        assertThat(summary.observations())
                .allSatisfy(observation -> assertThat(summary.keyTopics()).contains(observation.topic()));
    }

    /** Drops, doubles or moves a piece, or changes a character, up to three times. */
    private static String tamperedWith(String text, Random random) {
        StringBuilder tampered = new StringBuilder(text);
        for (int times = random.nextInt(1, 4); times > 0; times--) {
            int at = random.nextInt(tampered.length());
            int end = Math.min(tampered.length(), at + random.nextInt(1, 30));
            String piece = tampered.substring(at, end);
            switch (random.nextInt(4)) {
                case 0 -> tampered.delete(at, end);
                case 1 -> tampered.insert(at, piece);
                case 2 -> tampered.insert(random.nextInt(tampered.length()), piece);
                default -> tampered.setCharAt(at, "0\"{}[],:-e\\\0x".charAt(random.nextInt(13)));
            }
        }
        return tampered.toString();
    }
}
