package org.memoryqueue.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Stores.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.testing.Beans;
import org.memoryqueue.testing.Stores;

class ConnectionBudgetTest {

    @RegisterExtension
    static final Stores stores = new Stores();

    private final Beans beans = stores.beansWith(stores.redis());
    private final ConnectionBudget budget = beans.get(ConnectionBudget.class);

    @BeforeEach
    void nobodyIsAtWork() {
        stores.rows("DELETE FROM memory.process");
    }

    @Test
    void knowsNothingWhereItIsNeverChecked() {
        assertThat(gauge("allowed")).isZero();
        assertThat(gauge("claimed")).isZero();
    }

    @Test
    void addsUpThePoolsOfAllProcessesAtWork() {
        processes(3, 20);

        await(budget.check());

        assertThat(gauge("claimed")).isEqualTo(60);
        assertThat(gauge("allowed")).isEqualTo(allowed());
    }

    @Test
    void doesNotCountWhoHasNotBeenSeenForAWhileAndForgetsThemLater() {
        processes(1, 20);
        stores.rows("UPDATE memory.process SET seen_at = now() - interval '20 s'");
        processes(1, 30);
        stores.rows("UPDATE memory.process SET seen_at = now() - interval '2 min' WHERE pool_size = 30");
        processes(1, 7);

        await(budget.check());

        assertThat(gauge("claimed")).isEqualTo(7);
        assertThat(stores.rows("SELECT pool_size FROM memory.process"))
                .extracting(row -> row.getInteger(0))
                .containsExactlyInAnyOrder(20, 7);
    }

    @Test
    void warnsWhenThePoolsDoNotFitAndAgainOnlyWhenThatChanges() {
        Logger log = Logger.getLogger(ConnectionBudget.class.getName());
        Warnings warnings = new Warnings();
        log.addHandler(warnings);
        try {
            processes(1, allowed());
            await(budget.check());
            assertThat(warnings.messages).isEmpty();

            processes(1, 1);
            await(budget.check());
            await(budget.check());
            assertThat(warnings.messages).hasSize(1).first().asString().contains("DATABASE_POOL_SIZE");

            processes(1, 1);
            await(budget.check());
            assertThat(warnings.messages).hasSize(2);
        } finally {
            log.removeHandler(warnings);
        }
    }

    private double gauge(String name) {
        return beans.get(MeterRegistry.class)
                .get("memory.database.connections." + name)
                .gauge()
                .value();
    }

    private static int allowed() {
        return (int) stores.value("""
                SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                """);
    }

    private static void processes(int count, int poolSize) {
        stores.rows("""
                INSERT INTO memory.process (id, service, pool_size)
                SELECT gen_random_uuid()::text, 'memory-worker', $2 FROM generate_series(1, $1)
                """, count, poolSize);
    }

    private static final class Warnings extends Handler {

        private final List<String> messages = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                messages.add(entry.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
