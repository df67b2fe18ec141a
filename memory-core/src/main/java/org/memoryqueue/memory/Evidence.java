package org.memoryqueue.memory;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The place in the transcript on which a finding rests.
 *
 * @param kind what sort of finding it backs
 * @param claim the finding itself, spelt as in the summary
 * @param messageIndex 0-based index into the messages as they were sent
 * @param quote the words, verbatim, as they stand in that message
 */
@RegisterForReflection
public record Evidence(
        Kind kind,
        String claim,
        @JsonProperty("message_index") int messageIndex,
        String quote) {

    /** What a piece of evidence can back. */
    @RegisterForReflection
    public enum Kind {
        @JsonProperty("understood")
        UNDERSTOOD,
        @JsonProperty("struggling")
        STRUGGLING,
        @JsonProperty("topic")
        TOPIC,
        @JsonProperty("summary")
        SUMMARY
    }
}
