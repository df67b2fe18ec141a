package org.memoryqueue.commit;

/** Refuses a request because too many wait for their commit already; the store is too slow or away. */
public final class GroupCommitFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GroupCommitFullException(int waiting) {
        super(waiting + " requests already wait for their commit", null, false, false);
    }
}
