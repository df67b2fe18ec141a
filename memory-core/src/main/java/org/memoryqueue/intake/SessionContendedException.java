package org.memoryqueue.intake;

/** Refuses a hand-in whose session changed under it again and again; it may be handed in again at any time. */
public final class SessionContendedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SessionContendedException() {
        super("The session keeps changing", null, false, false);
    }
}
