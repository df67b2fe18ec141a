package org.memoryqueue.profile;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Preference.Wish;

/**
 * What one session adds to the profile of its student.
 *
 * @param roomId the classroom
 * @param at when the session was accepted
 * @param studentMessages how many messages the student wrote
 * @param observations what it showed about single topics
 * @param wishes how the student asked to be taught
 */
public record Contribution(
        String roomId, Instant at, int studentMessages, List<Observation> observations, Set<Wish> wishes) {

    /** How a contribution changes a profile. */
    public enum Kind {
        /** It is added. */
        NEW,
        /** It takes the place of what an older revision of the session had added. */
        REPLACES_ANOTHER,
        /** Not at all. */
        NONE
    }

    /** A contribution, whose it is, and how it changes the profile. */
    public record Change(String studentId, String chatbotId, Contribution contribution, Kind kind) {}
}
