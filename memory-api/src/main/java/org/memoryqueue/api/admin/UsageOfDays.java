package org.memoryqueue.api.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.usage.DayOfUsage;

/**
 * What was used of language models in the last days, by all workers together.
 *
 * @param days the latest first, beginning with today
 */
public record UsageOfDays(List<Day> days) {

    /**
     * One day of UTC.
     *
     * @param day as 2026-01-15
     * @param costBudget what it might have cost, by the settings of the worker that wrote last; null for no limit
     * @param tokenBudget how many tokens might have been used; null for no limit
     * @param exhausted whether a limit was reached
     */
    public record Day(
            String day,
            @JsonUnwrapped UsageView usage,
            @Nullable BigDecimal costBudget,
            @Nullable Long tokenBudget,
            boolean exhausted) {

        static Day of(DayOfUsage day) {
            BigDecimal cost = day.budget().cost();
            return new Day(
                    day.day().toString(),
                    UsageView.of(day.usage()),
                    cost == null ? null : UsageView.plain(cost),
                    day.budget().tokens(),
                    day.budget().isSpentBy(day.usage()));
        }
    }

    static UsageOfDays of(List<DayOfUsage> days) {
        return new UsageOfDays(days.stream().map(Day::of).toList());
    }
}
