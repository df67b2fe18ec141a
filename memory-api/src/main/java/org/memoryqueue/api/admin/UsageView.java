package org.memoryqueue.api.admin;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.usage.Usage;

/**
 * What was used of language models.
 *
 * @param calls requests that were sent, answered or not
 * @param cost in the currency of the provider, or of the prices that are configured
 */
public record UsageView(long calls, long promptTokens, long completionTokens, BigDecimal cost) {

    static UsageView of(Usage usage) {
        return new UsageView(usage.calls(), usage.promptTokens(), usage.completionTokens(), plain(usage.cost()));
    }

    /** Without idle zeros, and 10 as 10 rather than 1E+1. */
    static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    static @Nullable UsageView ofNullable(@Nullable Usage usage) {
        return usage == null ? null : of(usage);
    }
}
