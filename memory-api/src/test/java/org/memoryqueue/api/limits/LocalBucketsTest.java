package org.memoryqueue.api.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalBucketsTest {

    private static final Rate RATE = new Rate(30);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final LocalBuckets buckets = new LocalBuckets();

    @Test
    void givesABurstAndThenATokenAsOftenAsTheRateSays() {
        for (int i = 0; i < 10; i++) {
            assertThat(buckets.take("a", RATE, 0).taken()).isEqualTo(1);
        }
        Tokens none = buckets.take("a", RATE, 0);

        assertThat(none.taken()).isZero();
        assertThat(none.untilNext()).isEqualTo(Duration.ofSeconds(2));
        assertThat(buckets.take("a", RATE, SECOND).taken()).isZero();
        assertThat(buckets.take("a", RATE, 2 * SECOND).taken()).isEqualTo(1);
        assertThat(buckets.take("a", RATE, 2 * SECOND).taken()).isZero();
        assertThat(buckets.take("b", RATE, 2 * SECOND).taken()).isEqualTo(1);
    }

    @Test
    void givesNoMoreThanABurstAfterALongRest() {
        long later = 3_600 * SECOND;

        for (int i = 0; i < 10; i++) {
            assertThat(buckets.take("a", RATE, later).left()).isEqualTo(9 - i);
        }
        assertThat(buckets.take("a", RATE, later).taken()).isZero();
    }
}
