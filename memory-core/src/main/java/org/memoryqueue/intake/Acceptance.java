package org.memoryqueue.intake;

import java.time.OffsetDateTime;
import java.util.UUID;

/** What became of a session that was handed in. Each is committed before it is told. */
public sealed interface Acceptance {

    /** The job that stands for the session. */
    long jobId();

    /** A job will remember it: a new one, or a waiting one that took the transcript over. */
    record Queued(long jobId) implements Acceptance {}

    /** It, or a longer version of it, is being worked on already. */
    record UnderWay(long jobId) implements Acceptance {}

    /** It, or a longer version of it, is remembered already. */
    record Remembered(long jobId, UUID memoryId, OffsetDateTime createdAt, int messageCount) implements Acceptance {}
}
