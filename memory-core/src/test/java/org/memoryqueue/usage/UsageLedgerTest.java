package org.memoryqueue.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Stores.await;
import static org.memoryqueue.testing.Stores.awaitAll;

import io.smallrye.mutiny.Uni;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.testing.Stores;

class UsageLedgerTest {

    private static final DailyBudget BUDGET = new DailyBudget(new BigDecimal("2.50"), null);

    @RegisterExtension
    static final Stores stores = new Stores();

    private final UsageLedger ledger = stores.bean(UsageLedger.class);

    @BeforeEach
    void forgetOtherTests() {
        stores.rows("DELETE FROM memory.llm_usage_of_day");
        stores.rows("DELETE FROM memory.llm_usage_of_job");
    }

    @Test
    void knowsOfNothingThatWasUsedOnAFreshDay() {
        assertThat(await(ledger.today())).isEqualTo(Usage.NONE);
    }

    @Test
    void addsUpTheDayAndEachJob() {
        await(ledger.record(batch(Map.of(1L, usage(1, 100, 10, "0.1"), 2L, usage(2, 50, 5, "0.000000001"))), BUDGET));
        Usage today = await(ledger.record(batch(Map.of(1L, usage(1, 1, 1, "0.2"))), BUDGET));

        assertThat(today.calls()).isEqualTo(4);
        assertThat(today.promptTokens()).isEqualTo(151);
        assertThat(today.completionTokens()).isEqualTo(16);
        assertThat(today.cost()).isEqualByComparingTo("0.300000001");
        assertThat(await(ledger.today())).isEqualTo(today);
        assertThat(ofJob(1)).isEqualTo(usage(2, 101, 11, "0.300000000"));
        assertThat(ofJob(2)).isEqualTo(usage(2, 50, 5, "0.000000001"));
    }

    @Test
    void losesNothingAndDoesNotDeadlockWhenManyWorkersWriteOfTheSameJobsAtOnce() {
        List<Uni<Usage>> writers = IntStream.range(0, 60)
                .mapToObj(i -> ledger.record(
                        batch(
                                i % 2 == 0
                                        ? Map.of(7L, usage(1, 1, 1, "0.5"), 8L, usage(1, 1, 1, "0.5"))
                                        : Map.of(8L, usage(1, 1, 1, "0.5"), 7L, usage(1, 1, 1, "0.5"))),
                        BUDGET))
                .toList();

        List<Usage> seen = awaitAll(writers);

        assertThat(await(ledger.today()).calls()).isEqualTo(120);
        assertThat(ofJob(7).calls()).isEqualTo(60);
        assertThat(seen).extracting(Usage::calls).doesNotHaveDuplicates().contains(120L);
    }

    @Test
    void countsABatchOnceHoweverOftenAndAtOnceItIsGiven() {
        Batch batch = batch(Map.of(1L, usage(1, 100, 10, "0.1")));

        List<Usage> seen = awaitAll(IntStream.range(0, 20)
                .mapToObj(i -> ledger.record(batch, BUDGET))
                .toList());

        assertThat(seen).containsOnly(usage(1, 100, 10, "0.100000000"));
        assertThat(ofJob(1).calls()).isEqualTo(1);
    }

    @Test
    void countsNothingOfABatchThatArrivesAfterTheNextOneOfItsWriter() {
        UUID writer = UUID.randomUUID();
        await(ledger.record(new Batch(writer, 2, Map.of(1L, usage(1, 1, 1, "1"))), BUDGET));

        Usage today = await(ledger.record(new Batch(writer, 1, Map.of(1L, usage(5, 5, 5, "5"))), BUDGET));

        assertThat(today.calls()).isEqualTo(1);
        assertThat(ofJob(1).calls()).isEqualTo(1);
    }

    @Test
    void beginsANewDayAndShowsTheOldOnes() {
        await(ledger.record(batch(Map.of(1L, usage(1, 10, 1, "2"))), BUDGET));
        stores.rows("UPDATE memory.llm_usage_of_day SET day = day - 2");

        assertThat(await(ledger.today())).isEqualTo(Usage.NONE);
        List<DayOfUsage> days = await(ledger.latestDays(3));
        assertThat(days).extracting(day -> day.usage().calls()).containsExactly(0L, 0L, 1L);
        assertThat(days.get(2).budget().cost()).isEqualByComparingTo("2.50");
        assertThat(days.get(0).budget()).isEqualTo(DailyBudget.UNLIMITED);
        assertThat(days.get(0).day()).isEqualTo(days.get(2).day().plusDays(2));
    }

    @Test
    void isSpentFromTheVeryUnitThatFillsIt() {
        assertThat(BUDGET.isSpentBy(usage(1, 0, 0, "2.499999999"))).isFalse();
        assertThat(BUDGET.isSpentBy(usage(1, 0, 0, "2.5"))).isTrue();
        DailyBudget tokens = new DailyBudget(null, 100L);
        assertThat(tokens.isSpentBy(usage(1, 60, 39, "1000"))).isFalse();
        assertThat(tokens.isSpentBy(usage(1, 60, 40, "0"))).isTrue();
        assertThat(DailyBudget.UNLIMITED.isSpentBy(usage(1, Long.MAX_VALUE - 1, 1, "1e9")))
                .isFalse();
    }

    /** The only one of its writer. */
    private static Batch batch(Map<Long, Usage> byJob) {
        return new Batch(UUID.randomUUID(), 1, byJob);
    }

    private static Usage usage(long calls, long prompt, long completion, String cost) {
        return new Usage(calls, prompt, completion, new BigDecimal(cost));
    }

    private static Usage ofJob(long job) {
        return UsageLedger.usage(stores.rows(
                        "SELECT calls, prompt_tokens, completion_tokens, cost::text"
                                + " FROM memory.llm_usage_of_job WHERE job_id = $1",
                        job)
                .getFirst());
    }
}
