package org.memoryqueue.process;

import org.jspecify.annotations.Nullable;

/**
 * A process that is at work.
 *
 * @param service memory-api or memory-worker
 * @param poolSize how many connections to Postgres it may open
 * @param slots how many jobs it works on at once, null where it is no worker
 * @param dispatch where it takes jobs from: redis or postgres; null where it is no worker
 */
public record WorkingProcess(
        String service,
        int poolSize,
        @Nullable Integer slots,
        @Nullable String dispatch) {}
