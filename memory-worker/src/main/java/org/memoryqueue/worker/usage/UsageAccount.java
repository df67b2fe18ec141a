package org.memoryqueue.worker.usage;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.database.Schema;
import org.memoryqueue.summariser.openai.LlmConfig;
import org.memoryqueue.summariser.openai.LlmConfig.WhenExhausted;
import org.memoryqueue.summariser.openai.Money;
import org.memoryqueue.usage.Batch;
import org.memoryqueue.usage.DailyBudget;
import org.memoryqueue.usage.Usage;
import org.memoryqueue.usage.UsageLedger;

/**
 * Gathers what this worker uses, writes it down once a second, and learns by that what all workers have used today. What
 * it has used itself counts at once, what others have after a second; so a budget is exceeded by no more than the jobs use
 * that were under way when it was reached, or begun within the second after.
 */
@Singleton
public final class UsageAccount {

    private static final Logger LOG = Logger.getLogger(UsageAccount.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration AT_THE_END = Duration.ofSeconds(5);
    private static final Duration PAUSE_AT_THE_END = Duration.ofMillis(100);
    private static final Duration A_DAY = Duration.ofDays(1);

    private final UsageLedger ledger;
    private final Schema schema;
    private final UsageMetrics metrics;
    private final DailyBudget budget;
    private final WhenExhausted whenExhausted;
    private final UUID writer = UUID.randomUUID();
    private final Object lock = new Object();
    private Map<Long, Usage> unwritten = new HashMap<>();
    private Usage unwrittenSum = Usage.NONE;
    private @Nullable Batch beingWritten;
    private long batches;
    private Usage today = Usage.NONE;
    private boolean exhausted;
    private boolean complained;
    private long complainedAt;
    private volatile boolean hasLooked;

    UsageAccount(UsageLedger ledger, Schema schema, UsageMetrics metrics, LlmConfig config) {
        this.ledger = ledger;
        this.schema = schema;
        this.metrics = metrics;
        this.budget = Money.budget(config);
        this.whenExhausted = config.budgetExhausted();
        metrics.show(this, budget);
    }

    /** Adds what a call for a job has used. */
    public void add(long jobId, Usage usage) {
        synchronized (lock) {
            unwritten.merge(jobId, usage, Usage::plus);
            unwrittenSum = unwrittenSum.plus(usage);
        }
        metrics.used(usage);
        if (budget.cost() != null
                && usage.completionTokens() > 0
                && usage.cost().signum() == 0) {
            metrics.usedWithoutCost();
            complainOnceADay();
        }
    }

    private void complainOnceADay() {
        long now = System.nanoTime();
        synchronized (lock) {
            if (complained && now - complainedAt < A_DAY.toNanos()) {
                return;
            }
            complained = true;
            complainedAt = now;
        }
        LOG.error(
                "MEMORY_LLM_DAILY_BUDGET does not hold: a call of the language model has cost nothing, as far as is known."
                        + " The provider tells no cost, and MEMORY_LLM_PRICE_INPUT and MEMORY_LLM_PRICE_OUTPUT are not set,"
                        + " or 0");
    }

    /** What all workers have used today, as far as it is known. */
    public Usage today() {
        synchronized (lock) {
            return today.plus(beingWritten == null ? Usage.NONE : beingWritten.sum())
                    .plus(unwrittenSum);
        }
    }

    /** Whether the budget of this day is used up. */
    public boolean isExhausted() {
        boolean spent = budget.isLimited() && budget.isSpentBy(today());
        synchronized (lock) {
            if (spent != exhausted) {
                exhausted = spent;
                LOG.warn(spent ? consequence() : "There is a budget for the language model again");
            }
        }
        return spent;
    }

    private String consequence() {
        return switch (whenExhausted) {
            case DEGRADE ->
                "The budget for the language model is used up: summaries are made offline until the day of UTC is over";
            case PAUSE -> "The budget for the language model is used up: jobs wait until the day of UTC is over";
        };
    }

    /**
     * Whether no jobs are to be taken: the budget is used up and they are to wait; or this worker has just started, and does
     * not know yet what the others have used.
     */
    public boolean pausesWork() {
        boolean unknown = budget.isLimited() && !hasLooked;
        return unknown || whenExhausted == WhenExhausted.PAUSE && isExhausted();
    }

    /** Whether jobs are to be summarised without a model, for the budget is used up. */
    public boolean degradesWork() {
        return whenExhausted == WhenExhausted.DEGRADE && isExhausted();
    }

    /** Never fails: what cannot be written, or perhaps was, is kept, and written later, if it is not there by then. */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> settle() {
        return schema.isMigrated()
                .flatMap(migrated -> migrated ? writeOrRead() : Uni.createFrom().voidItem())
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.debugf("What was used cannot be written down yet: %s", failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> writeOrRead() {
        Batch batch = batch();
        if (batch != null) {
            return ledger.record(batch, budget)
                    .invoke(used -> isWritten(batch, used))
                    .replaceWithVoid();
        }
        return budget.isLimited()
                ? ledger.today().invoke(this::isToday).replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    /** The batch whose outcome is open; else all that is unwritten, null if nothing is. */
    private @Nullable Batch batch() {
        synchronized (lock) {
            if (beingWritten == null && !unwritten.isEmpty()) {
                beingWritten = new Batch(writer, ++batches, unwritten);
                unwritten = new HashMap<>();
                unwrittenSum = Usage.NONE;
            }
            return beingWritten;
        }
    }

    private void isWritten(Batch batch, Usage used) {
        synchronized (lock) {
            if (batch.equals(beingWritten)) {
                beingWritten = null;
            }
            isToday(used);
        }
    }

    private void isToday(Usage used) {
        synchronized (lock) {
            today = used;
        }
        hasLooked = true;
        isExhausted();
    }

    private boolean isAllWritten() {
        synchronized (lock) {
            return unwritten.isEmpty() && beingWritten == null;
        }
    }

    /** After the loop, which until then may use more. Also waits for what is being written at this moment. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event) {
        try {
            untilAllIsWritten().await().atMost(AT_THE_END);
        } catch (TimeoutException e) {
            LOG.warn("What was used in the last seconds may not have been written down");
        }
    }

    private Uni<Void> untilAllIsWritten() {
        return isAllWritten()
                ? Uni.createFrom().voidItem()
                : settle().flatMap(settled -> isAllWritten()
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom()
                                .voidItem()
                                .onItem()
                                .delayIt()
                                .by(PAUSE_AT_THE_END)
                                .flatMap(paused -> untilAllIsWritten()));
    }
}
