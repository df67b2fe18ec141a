package org.memoryqueue.worker.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.memoryqueue.database.Schema;
import org.memoryqueue.summariser.openai.Settings;
import org.memoryqueue.usage.Usage;
import org.memoryqueue.usage.UsageLedger;
import org.memoryqueue.worker.MigratedStores;

@QuarkusTest
@QuarkusTestResource(MigratedStores.class)
class UsageAccountTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Usage CALL = new Usage(1, 1_000, 100, new BigDecimal("0.40"));

    @Inject
    UsageLedger ledger;

    @Inject
    Schema schema;

    @Inject
    Pool pool;

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void forgetOtherTests() {
        sql("DELETE FROM memory.llm_usage_of_day");
    }

    @Test
    void countsItsOwnUseAtOnceAndThatOfOthersWhenItHasLooked() {
        UsageAccount one = account("1.00");
        UsageAccount other = account("1.00");

        one.add(1, CALL);
        other.add(2, CALL);
        other.add(2, CALL);

        assertThat(one.isExhausted()).isFalse();
        assertThat(other.isExhausted()).isFalse();
        settle(one);
        settle(other);
        assertThat(other.isExhausted()).isTrue();
        settle(one);
        assertThat(one.isExhausted()).as("having written nothing itself").isTrue();
        assertThat(one.today().cost()).isEqualByComparingTo("1.20");
    }

    @Test
    void isExhaustedBeforeAnythingIsWritten() {
        UsageAccount account = account("1.00");

        for (int i = 0; i < 3; i++) {
            account.add(i, CALL);
        }

        assertThat(account.isExhausted()).isTrue();
    }

    @Test
    void hasABudgetAgainWhenTheDayIsOver() {
        UsageAccount account = account("0.10");
        account.add(1, CALL);
        settle(account);
        assertThat(account.isExhausted()).isTrue();

        sql("UPDATE memory.llm_usage_of_day SET day = day - 1");
        settle(account);

        assertThat(account.isExhausted()).isFalse();
        assertThat(account.today()).isEqualTo(Usage.NONE);
    }

    @Test
    void countsTokensToo() {
        UsageAccount account = account(Map.of("memory.llm.daily-token-budget", "2200"));

        account.add(1, CALL);
        assertThat(account.isExhausted()).isFalse();
        account.add(1, CALL);
        assertThat(account.isExhausted()).isTrue();
    }

    @Test
    void pausesOrDegradesAsItWasTold() {
        UsageAccount degrading = account("0.10");
        UsageAccount pausing =
                account(Map.of("memory.llm.daily-budget", "0.10", "memory.llm.budget-exhausted", "pause"));
        settle(degrading);
        settle(pausing);
        assertThat(degrading.degradesWork()).isFalse();
        assertThat(pausing.pausesWork()).isFalse();

        degrading.add(1, CALL);
        pausing.add(1, CALL);

        assertThat(degrading.degradesWork()).isTrue();
        assertThat(degrading.pausesWork()).isFalse();
        assertThat(pausing.pausesWork()).isTrue();
        assertThat(pausing.degradesWork()).isFalse();
    }

    @Test
    void takesNoJobsBeforeItKnowsWhatOthersHaveUsed() {
        UsageAccount account = account("1.00");
        assertThat(account.pausesWork()).isTrue();

        settle(account);

        assertThat(account.pausesWork()).isFalse();
        assertThat(account(Map.of()).pausesWork()).as("without a budget").isFalse();
    }

    @Test
    void keepsWhatCannotBeWrittenYet() {
        UsageAccount account = account("1.00");
        account.add(1, CALL);
        sql("ALTER TABLE memory.llm_usage_of_day RENAME TO llm_usage_elsewhere");
        try {
            settle(account);
            assertThat(account.today()).isEqualTo(CALL);
        } finally {
            sql("ALTER TABLE memory.llm_usage_elsewhere RENAME TO llm_usage_of_day");
        }
        account.add(1, CALL);
        settle(account);
        settle(account);

        assertThat(ledger.today().await().atMost(PATIENCE))
                .isEqualTo(CALL.plus(CALL).plus(new Usage(0, 0, 0, new BigDecimal("0E-9"))));
        assertThat(account.today().cost()).isEqualByComparingTo("0.80");
    }

    @Test
    void countsOnceWhatItGaveUpWaitingForAndWasWrittenAllTheSame() {
        UsageAccount account = account("1.00");
        account.add(1, CALL);
        do {
            giveUpWriting(account);
        } while (ledger.today().await().atMost(PATIENCE).calls() == 0);
        account.add(1, CALL);
        settle(account);
        settle(account);

        assertThat(ledger.today().await().atMost(PATIENCE).calls()).isEqualTo(2);
        assertThat(account.today().calls()).isEqualTo(2);
    }

    @Test
    void waitsAtTheEndForWhatIsBeingWritten() {
        UsageAccount account = account("1.00");
        account.add(1, CALL);
        SqlConnection other = holdingTheDay();
        account.settle().subscribe().with(settled -> {});
        awaitWaiting(1);
        account.add(2, CALL);

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> account.stop(new ShutdownEvent()));
        awaitWaiting(2);
        rollBack(other);
        stopped.join();

        assertThat(ledger.today().await().atMost(PATIENCE).calls()).isEqualTo(2);
    }

    /** Returns when the server has written it all the same; or not, if this took longer than it waits for a lock. */
    private void giveUpWriting(UsageAccount account) {
        SqlConnection other = holdingTheDay();
        Cancellable writing = account.settle().subscribe().with(settled -> {});
        awaitWaiting(1);
        writing.cancel();
        rollBack(other);
        await().pollInterval(Duration.ofMillis(20)).until(() -> writers("state = 'active'") == 0);
    }

    /** Another connection, that makes every writer wait. */
    private SqlConnection holdingTheDay() {
        SqlConnection other = pool.getConnection().await().atMost(PATIENCE);
        other.query("BEGIN").execute().await().atMost(PATIENCE);
        other.query("INSERT INTO memory.llm_usage_of_day VALUES ((now() AT TIME ZONE 'UTC')::date, 0, 0, 0, 0)")
                .execute()
                .await()
                .atMost(PATIENCE);
        return other;
    }

    private static void rollBack(SqlConnection other) {
        other.query("ROLLBACK").execute().await().atMost(PATIENCE);
        other.close().await().atMost(PATIENCE);
    }

    private void awaitWaiting(long writers) {
        await().pollInterval(Duration.ofMillis(20)).until(() -> writers("wait_event_type = 'Lock'") == writers);
    }

    /** The server shows the first kilobyte of a statement. */
    private long writers(String condition) {
        String counting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND pid <> pg_backend_pid() AND query LIKE '%llm_usage_of_job%' AND " + condition;
        var rows = pool.query(counting).execute().await().atMost(PATIENCE);
        return rows.iterator().next().getLong(0);
    }

    @Test
    void countsCallsThatABudgetOfMoneyCannotHold() {
        Usage free = new Usage(1, 1_000, 100, BigDecimal.ZERO);
        UsageAccount account = account("1.00");

        account(Map.of("memory.llm.daily-token-budget", "100")).add(1, free);
        account.add(1, CALL);
        account.add(1, Usage.UNANSWERED);
        assertThat(registry.get("memory.llm.calls.without.cost").counter().count())
                .isZero();
        account.add(1, free);
        account.add(1, free);

        assertThat(registry.get("memory.llm.calls.without.cost").counter().count())
                .isEqualTo(2);
    }

    @Test
    void showsItselfInMetrics() {
        UsageAccount account = account("0.50");
        account.add(1, CALL);
        account.add(1, Usage.UNANSWERED);

        assertThat(registry.get("memory.llm.calls")
                        .tag("outcome", "answered")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("memory.llm.calls")
                        .tag("outcome", "unanswered")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("memory.llm.tokens")
                        .tag("kind", "prompt")
                        .counter()
                        .count())
                .isEqualTo(1_000);
        assertThat(registry.get("memory.llm.tokens")
                        .tag("kind", "completion")
                        .counter()
                        .count())
                .isEqualTo(100);
        assertThat(registry.get("memory.llm.cost").counter().count()).isEqualTo(0.4);
        assertThat(registry.get("memory.llm.budget.used.cost").gauge().value()).isEqualTo(0.4);
        assertThat(registry.get("memory.llm.budget.cost").gauge().value()).isEqualTo(0.5);
        assertThat(registry.get("memory.llm.budget.exhausted").gauge().value()).isZero();
        account.add(1, CALL);
        assertThat(registry.get("memory.llm.budget.exhausted").gauge().value()).isEqualTo(1);
    }

    private UsageAccount account(String dailyBudget) {
        return account(Map.of("memory.llm.daily-budget", dailyBudget));
    }

    private UsageAccount account(Map<String, String> settings) {
        return new UsageAccount(ledger, schema, new UsageMetrics(registry), Settings.of(settings));
    }

    private static void settle(UsageAccount account) {
        account.settle().await().atMost(PATIENCE);
    }

    private void sql(String statement) {
        pool.query(statement).execute().await().atMost(PATIENCE);
    }
}
