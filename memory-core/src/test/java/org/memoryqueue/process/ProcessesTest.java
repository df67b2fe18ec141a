package org.memoryqueue.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Stores.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.testing.Stores;

class ProcessesTest {

    @RegisterExtension
    static final Stores stores =
            new Stores().with("memory.process.service", "memory-worker").with("memory.process.pool-size", "12");

    private final Processes one = process();
    private final Processes other = process();

    @BeforeEach
    void nobodyIsAtWork() {
        stores.rows("DELETE FROM memory.process");
    }

    @AfterEach
    void schemaIsComplete() {
        stores.rows("UPDATE memory.flyway_schema_history SET success = true");
    }

    @Test
    void showThoseThatHaveReported() {
        one.isWorker(10, "redis");
        await(one.report());
        await(other.report());

        assertThat(await(one.atWork()))
                .containsExactlyInAnyOrder(
                        new WorkingProcess("memory-worker", 12, 10, "redis"),
                        new WorkingProcess("memory-worker", 12, null, null));
        assertThat(await(other.atWork())).isEqualTo(await(one.atWork()));
    }

    @Test
    void showEachOnceHoweverOftenItReportsAndAsItIsNow() {
        one.isWorker(10, "redis");
        await(one.report());
        one.isWorker(10, "postgres");
        await(one.report());

        assertThat(await(other.atWork())).containsExactly(new WorkingProcess("memory-worker", 12, 10, "postgres"));
    }

    @Test
    void showNobodyWhoHasMissedThreeReports() {
        await(one.report());
        seenAgo(16);
        await(other.report());

        assertThat(await(one.atWork())).hasSize(1);

        await(one.report());
        assertThat(await(one.atWork())).hasSize(2);
    }

    @Test
    void forgetWhoHasNotBeenSeenForAMinute() {
        await(one.report());
        seenAgo(50);
        await(other.report());
        await(one.forgetTheGone());
        assertThat(reported()).isEqualTo(2);

        seenAgo(61);
        await(one.forgetTheGone());
        assertThat(reported()).isZero();
    }

    @Test
    void reportNothingBeforeTheSchemaIsAsTheyNeedIt() {
        stores.rows("UPDATE memory.flyway_schema_history SET success = false");

        await(one.report());

        assertThat(reported()).isZero();
    }

    @Test
    void doNotFailWhenTheReportCannotBeWritten() {
        stores.rows("ALTER TABLE memory.process RENAME TO process_elsewhere");
        try {
            await(one.report());
        } finally {
            stores.rows("ALTER TABLE memory.process_elsewhere RENAME TO process");
        }
        assertThat(reported()).isZero();
    }

    private static Processes process() {
        return stores.beansWith(stores.redis()).get(Processes.class);
    }

    private static void seenAgo(int seconds) {
        stores.rows("UPDATE memory.process SET seen_at = now() - $1 * interval '1 second'", seconds);
    }

    private static long reported() {
        return (long) stores.value("SELECT count(*) FROM memory.process");
    }
}
