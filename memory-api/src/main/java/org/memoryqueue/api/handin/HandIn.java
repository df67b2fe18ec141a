package org.memoryqueue.api.handin;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;

/** A finished session as the frontend sends it. */
public record HandIn(
        @NotNull(message = HandIn.REQUIRED) @Identifier String studentId,
        @NotNull(message = HandIn.REQUIRED) @Identifier String chatbotId,
        @NotNull(message = HandIn.REQUIRED) @Identifier String roomId,

        @NotNull(message = HandIn.REQUIRED) @WithinLimits @StudentSpeaks
        List<@NotNull(message = HandIn.REQUIRED) @Valid Entry> messages,

        @NotNull(message = HandIn.REQUIRED) @SessionStart String sessionStartTime) {

    static final String REQUIRED = "is required";

    /** One message as the frontend sends it. */
    public record Entry(
            @NotNull(message = REQUIRED)
            @Pattern(regexp = "[A-Za-z_]{1,32}", message = "must be a role such as user or assistant")
            String role,

            @NotNull(message = REQUIRED) @WithinLimits @StorableText
            String content) {}

    Transcript transcript() {
        return new Transcript(
                new Session(studentId, chatbotId, roomId, SessionStart.Validator.parse(sessionStartTime)),
                messages.stream()
                        .map(entry -> new Message(entry.role(), entry.content()))
                        .toList());
    }
}
