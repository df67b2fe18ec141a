package org.memoryqueue.local.process;

/** The signal that asks a child to end in good order. */
public enum StopSignal {
    /** What most programs take as the wish to stop. */
    TERM,
    /** What Postgres takes as "now, without waiting for clients to leave"; TERM would wait for them. */
    INT
}
