package org.memoryqueue.usage;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What all workers together may use in a day of UTC.
 *
 * @param cost null for no limit of that kind
 * @param tokens read and written; null for no limit of that kind
 */
public record DailyBudget(
        @Nullable BigDecimal cost, @Nullable Long tokens) {

    public static final DailyBudget UNLIMITED = new DailyBudget(null, null);

    public boolean isLimited() {
        return cost != null || tokens != null;
    }

    /** Whether nothing is left. */
    public boolean isSpentBy(Usage today) {
        return cost != null && today.cost().compareTo(cost) >= 0 || tokens != null && today.tokens() >= tokens;
    }
}
