package org.memoryqueue.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Stores.await;
import static org.memoryqueue.testing.Stores.awaitAll;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.testing.Stores;

class LeadershipTest {

    private static final Duration TERM = Duration.ofSeconds(5);

    @RegisterExtension
    static final Stores stores = new Stores().with("memory.lease.duration", "60s");

    private final Leadership one = process();
    private final Leadership other = process();

    @BeforeEach
    void nobodyLeads() {
        stores.rows("""
                UPDATE memory.maintenance_leader
                   SET holder = 'nobody', until = '-infinity', seen_at = '-infinity', available_since = '-infinity'
                """);
    }

    @Test
    void belongsToOneProcessUntilItsTermEnds() {
        assertThat(await(one.acquire(TERM))).isTrue();
        assertThat(await(other.acquire(TERM))).isFalse();
        assertThat(
                        stores.value(
                                "SELECT until BETWEEN now() + interval '4 s' AND now() + interval '5 s' FROM memory.maintenance_leader"))
                .isEqualTo(true);

        passes(TERM);

        assertThat(await(other.acquire(TERM))).isTrue();
        assertThat(await(one.acquire(TERM))).isFalse();
    }

    @Test
    void isKeptByWhoeverRenewsIt() {
        await(one.acquire(TERM));
        passes(TERM.minusSeconds(1));
        assertThat(await(one.acquire(TERM))).isTrue();
        passes(TERM.minusSeconds(1));
        assertThat(await(other.acquire(TERM))).isFalse();
    }

    @Test
    void goesToOneOfManyThatWantItAtOnce() {
        assertThat(awaitAll(Stream.generate(LeadershipTest::process)
                        .limit(10)
                        .map(process -> process.acquire(TERM))
                        .toList()))
                .containsOnlyOnce(true);
    }

    @Test
    void notesSinceWhenTheDatabaseHasBeenSeenWithoutAGap() {
        await(one.acquire(TERM));
        assertThat(availableFor()).isZero();

        passes(Duration.ofSeconds(29));
        await(one.acquire(TERM));
        passes(Duration.ofSeconds(29));
        await(other.acquire(TERM));

        assertThat(availableFor()).isEqualTo(58);
    }

    @Test
    void beginsToNoteAnewAfterAGapOfHalfALease() {
        await(one.acquire(TERM));
        passes(Duration.ofSeconds(29));
        await(one.acquire(TERM));

        passes(Duration.ofSeconds(31));
        await(one.acquire(TERM));

        assertThat(availableFor()).isZero();
    }

    @Test
    void notesNothingForAProcessThatDoesNotLead() {
        await(one.acquire(Duration.ofMinutes(5)));
        passes(Duration.ofSeconds(40));

        await(other.acquire(TERM));

        assertThat(stores.value("SELECT seen_at < now() - interval '39 s' FROM memory.maintenance_leader"))
                .isEqualTo(true);
    }

    private static Leadership process() {
        return stores.beansWith(stores.redis()).get(Leadership.class);
    }

    /** What happened, happened so much longer ago. */
    private static void passes(Duration time) {
        stores.rows("""
                UPDATE memory.maintenance_leader
                   SET until = until - $1 * interval '1 millisecond', seen_at = seen_at - $1 * interval '1 millisecond',
                       available_since = available_since - $1 * interval '1 millisecond'
                """, time.toMillis());
    }

    /** In whole seconds. */
    private static long availableFor() {
        return (long) stores.value(
                "SELECT extract(epoch FROM now() - available_since)::bigint FROM memory.maintenance_leader");
    }
}
