package org.memoryqueue.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.memoryqueue.intake.Submission;
import org.memoryqueue.transcript.Session;

/** What is remembered, in the reference. */
final class ReferenceMemories {

    private final Map<Session, Remembered> memories = new HashMap<>();

    private record Remembered(MemoryView view, int handIn, Submission submission) {}

    /** What became of something that was to be remembered. */
    enum Change {
        ADDED,
        REPLACED,
        KEPT_NEWER
    }

    /** The newest hand-in of a session counts, in whatever order they are completed. */
    Change remember(ReferenceJob job, MemoryView made) {
        Remembered known = memories.get(job.session());
        if (known != null && known.handIn() > job.handIn()) {
            return Change.KEPT_NEWER;
        }
        memories.put(job.session(), new Remembered(made, job.handIn(), job.submission()));
        return known == null ? Change.ADDED : Change.REPLACED;
    }

    /** The job of the memory that knows what is handed in. */
    Optional<Long> knows(Submission submission) {
        return Optional.ofNullable(memories.get(submission.session()))
                .filter(known -> isPrefix(submission, known.submission()))
                .map(known -> known.view().job());
    }

    /** Whether one is equal to another, or a shorter version of it. */
    static boolean isPrefix(Submission one, Submission another) {
        int length = one.transcript().messages().size();
        return length <= another.transcript().messages().size()
                && one.transcript()
                        .messages()
                        .equals(another.transcript().messages().subList(0, length));
    }

    boolean hasOneOf(Session session) {
        return memories.containsKey(session);
    }

    Set<MemoryView> views() {
        return memories.values().stream().map(Remembered::view).collect(Collectors.toSet());
    }
}
