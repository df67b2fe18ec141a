package org.memoryqueue.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memoryqueue.job.Priority;
import org.memoryqueue.testing.Beans;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Transcript;

class SubmissionTest {

    private final PriorityConfig defaults = new Beans(Map.of()).get(PriorityConfig.class);

    @ParameterizedTest
    @CsvSource({"1, LOW", "7, LOW", "8, NORMAL", "20, NORMAL", "21, HIGH", "500, HIGH"})
    void hasAPriorityByItsLength(int messages, Priority expected) {
        assertThat(Submission.of(transcript(session(), messages), defaults).priority())
                .isEqualTo(expected);
    }

    @Test
    void doesNotGainPriorityByMessagesOfOtherRoles() {
        List<Message> messages = new ArrayList<>(transcript(session(), 7).messages());
        for (int i = 0; i < 100; i++) {
            messages.add(new Message("tool", "noise"));
        }
        assertThat(Submission.of(new Transcript(session(), messages), defaults).priority())
                .isEqualTo(Priority.LOW);
    }

    @Test
    void takesItsBoundsFromTheConfiguration() {
        PriorityConfig config = new Beans(Map.of("memory.priority.high-above", "2", "memory.priority.low-below", "2"))
                .get(PriorityConfig.class);
        assertThat(Submission.of(transcript(session(), 3), config).priority()).isEqualTo(Priority.HIGH);
        assertThat(Submission.of(transcript(session(), 2), config).priority()).isEqualTo(Priority.NORMAL);
        assertThat(Submission.of(transcript(session(), 1), config).priority()).isEqualTo(Priority.LOW);
    }
}
