package org.memoryqueue.worker.usage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.function.ToDoubleFunction;
import org.memoryqueue.usage.DailyBudget;
import org.memoryqueue.usage.Usage;

/** The metrics of the use of models; docs/metrics.md lists them. */
@Singleton
final class UsageMetrics {

    private final MeterRegistry registry;
    private final Counter answered;
    private final Counter unanswered;
    private final Counter prompts;
    private final Counter completions;
    private final Counter cost;
    private final Counter withoutCost;

    UsageMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.answered = registry.counter("memory.llm.calls", "outcome", "answered");
        this.unanswered = registry.counter("memory.llm.calls", "outcome", "unanswered");
        this.prompts = registry.counter("memory.llm.tokens", "kind", "prompt");
        this.completions = registry.counter("memory.llm.tokens", "kind", "completion");
        this.cost = registry.counter("memory.llm.cost");
        this.withoutCost = registry.counter("memory.llm.calls.without.cost");
    }

    void used(Usage usage) {
        (usage.completionTokens() > 0 ? answered : unanswered).increment(usage.calls());
        prompts.increment(usage.promptTokens());
        completions.increment(usage.completionTokens());
        cost.increment(usage.cost().doubleValue());
    }

    void usedWithoutCost() {
        withoutCost.increment();
    }

    /** Shows what has been used today, and might be, where there is a limit. */
    void show(UsageAccount account, DailyBudget budget) {
        BigDecimal most = budget.cost();
        if (most != null) {
            gauge(
                    "memory.llm.budget.used.cost",
                    account,
                    of -> of.today().cost().doubleValue());
            gauge("memory.llm.budget.cost", account, of -> most.doubleValue());
        }
        Long tokens = budget.tokens();
        if (tokens != null) {
            gauge("memory.llm.budget.used.tokens", account, of -> of.today().tokens());
            gauge("memory.llm.budget.tokens", account, of -> tokens);
        }
        gauge("memory.llm.budget.exhausted", account, of -> of.isExhausted() ? 1 : 0);
    }

    private void gauge(String name, UsageAccount account, ToDoubleFunction<UsageAccount> value) {
        Gauge.builder(name, account, value).register(registry);
    }
}
