package org.memoryqueue.profile;

import java.util.Comparator;

/** Whose profile it is: a student has one for each chatbot. Sorted as rows are locked. */
record ProfileKey(String studentId, String chatbotId) implements Comparable<ProfileKey> {

    private static final Comparator<ProfileKey> ORDER =
            Comparator.comparing(ProfileKey::studentId).thenComparing(ProfileKey::chatbotId);

    @Override
    public int compareTo(ProfileKey other) {
        return ORDER.compare(this, other);
    }
}
