package org.memoryqueue.kubernetes.drill;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * Time that passes faster than it is.
 *
 * @param factor how many seconds pass in one
 */
record CompressedTime(int factor) {

    private static final int MOST = 10;

    /**
     * A job costs some 17 ms of a processor, all told, with two dozen young JVMs on it; and 24 workers do 80 jobs in a second
     * at most.
     */
    private static final int PER_PROCESSOR = 1;

    /** What {@code -Ddrill.compression} says; without, 10, or as much as the processors can carry. */
    static CompressedTime ofThisRun() {
        int carried = Math.min(MOST, PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
        return new CompressedTime(Integer.getInteger("drill.compression", carried));
    }

    /** How long that many seconds take. */
    Duration real(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9 / factor));
    }

    /** How many seconds pass within that time. */
    double seconds(double realSeconds) {
        return realSeconds * factor;
    }

    /** A duration of the manifest, as a variable. */
    String variable(String duration) {
        return real(parse(duration).toMillis() / 1e3).toMillis() + "ms";
    }

    /** The default of a setting, as a variable. */
    String variable(Class<?> config, String setting) {
        try {
            return variable(
                    config.getMethod(setting).getAnnotation(WithDefault.class).value());
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Duration parse(String duration) {
        return Duration.parse("PT" + duration);
    }
}
