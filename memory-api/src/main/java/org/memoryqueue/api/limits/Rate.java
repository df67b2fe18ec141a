package org.memoryqueue.api.limits;

/**
 * How fast a bucket is refilled, and how many tokens it holds.
 *
 * @param perMinute tokens a minute
 */
record Rate(int perMinute) {

    private static final int SECONDS = 60;
    private static final int BURSTS_A_MINUTE = 3;

    Rate {
        if (perMinute < BURSTS_A_MINUTE) {
            throw new IllegalArgumentException("memory.rate-limit.* must be at least " + BURSTS_A_MINUTE + " a minute");
        }
    }

    double perSecond() {
        return (double) perMinute / SECONDS;
    }

    /** A third of a minute's worth. */
    int burst() {
        return perMinute / BURSTS_A_MINUTE;
    }

    /** As in the header {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers-07). */
    String policy() {
        return perMinute + ";w=" + SECONDS + ";burst=" + burst();
    }
}
