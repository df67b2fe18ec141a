package org.memoryqueue.profile;

import java.util.UUID;

/** A profile that was folded, to be stored or compared. */
record FoldedProfile(UUID id, ProfileKey key, ProfileStatistics statistics) {

    /** What is stored of it beside the sums. */
    Profile profile() {
        return Profile.stored(id, key.studentId(), key.chatbotId(), statistics);
    }
}
