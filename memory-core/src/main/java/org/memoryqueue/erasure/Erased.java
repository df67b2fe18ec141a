package org.memoryqueue.erasure;

/**
 * How much was erased.
 *
 * @param jobs jobs, with their transcripts and attempts
 * @param memories memories, with their observations
 * @param profiles learning profiles
 * @param answers answers that were kept to be replayed
 */
public record Erased(long jobs, long memories, long profiles, long answers) {

    static final Erased NOTHING = new Erased(0, 0, 0, 0);

    Erased plus(Erased other) {
        return new Erased(
                jobs + other.jobs, memories + other.memories, profiles + other.profiles, answers + other.answers);
    }

    /** All of it. */
    public long total() {
        return jobs + memories + profiles + answers;
    }
}
