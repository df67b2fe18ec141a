package org.memoryqueue.api.limits;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Buckets of this process alone, for while Redis is away. A bucket is kept as the time at which it will be full again. */
final class LocalBuckets {

    /** More callers than one instance serves within a minute; beyond, all begin anew. */
    private static final int MAX_BUCKETS = 50_000;

    private final Map<String, Long> fullAt = new HashMap<>();

    /**
     * Takes one token.
     *
     * @param now as of {@link System#nanoTime}
     */
    synchronized Tokens take(String bucket, Rate rate, long now) {
        double nanosPerToken = Duration.ofSeconds(1).toNanos() / rate.perSecond();
        long untilFull = Math.max(0, fullAt.getOrDefault(bucket, now) - now);
        double available = rate.burst() - untilFull / nanosPerToken;
        if (available < 1) {
            return new Tokens(0, 0, Duration.ofNanos(untilFull), Duration.ofNanos((long)
                    Math.ceil((1 - available) * nanosPerToken)));
        }
        if (fullAt.size() >= MAX_BUCKETS) {
            makeRoom(now);
        }
        untilFull += (long) nanosPerToken;
        fullAt.put(bucket, now + untilFull);
        return new Tokens(1, (int) (available - 1), Duration.ofNanos(untilFull), Duration.ZERO);
    }

    private void makeRoom(long now) {
        fullAt.values().removeIf(full -> full - now <= 0);
        if (fullAt.size() >= MAX_BUCKETS) {
            fullAt.clear();
        }
    }
}
