package org.memoryqueue.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Conversations.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.memoryqueue.testing.Stores;

class TranscriptTest {

    @Test
    void countsWhatStudentAndTutorSaid() {
        Transcript transcript = new Transcript(
                session(),
                List.of(
                        new Message("system", "be kind"),
                        new Message("user", "hi"),
                        new Message("assistant", "hello"),
                        new Message("tool", "{}"),
                        new Message("user", "bye"),
                        new Message("User", "not a role")));
        assertThat(transcript.messageCount()).isEqualTo(3);
        assertThat(transcript.studentMessageCount()).isEqualTo(2);
    }

    @Test
    void isStoredWithNothingButRolesAndWords() throws JsonProcessingException {
        assertThat(Stores.json().writeValueAsString(List.of(new Message("user", "hi"))))
                .isEqualTo("[{\"role\":\"user\",\"content\":\"hi\"}]");
    }
}
