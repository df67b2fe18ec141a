package org.memoryqueue.transcript;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One message of a conversation.
 *
 * @param role who spoke: {@value #STUDENT}, {@value #TUTOR}, or any other role ({@code system}, {@code tool}), which is
 *     kept so that indexes stay those of the messages as they were sent, and is otherwise ignored
 * @param content the words, exactly as they were sent
 */
@RegisterForReflection
public record Message(String role, String content) {

    public static final String STUDENT = "user";
    public static final String TUTOR = "assistant";

    @JsonIgnore
    public boolean isStudent() {
        return role.equals(STUDENT);
    }

    @JsonIgnore
    public boolean isTutor() {
        return role.equals(TUTOR);
    }

    /** Whether the message belongs to the conversation proper, that is: was spoken by the student or the tutor. */
    @JsonIgnore
    public boolean isSpoken() {
        return isStudent() || isTutor();
    }
}
