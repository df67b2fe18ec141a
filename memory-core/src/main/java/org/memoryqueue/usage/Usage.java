package org.memoryqueue.usage;

import java.math.BigDecimal;

/**
 * What calls of a language model used. Adds up in any order.
 *
 * @param calls requests that were sent, answered or not
 * @param promptTokens tokens that were read
 * @param completionTokens tokens that were written
 * @param cost in the currency of the provider, or of the prices that are configured; 0 where neither is known
 */
public record Usage(long calls, long promptTokens, long completionTokens, BigDecimal cost) {

    public static final Usage NONE = new Usage(0, 0, 0, BigDecimal.ZERO);

    /** One call that no model has read: it could not be sent, or was refused. */
    public static final Usage UNANSWERED = new Usage(1, 0, 0, BigDecimal.ZERO);

    public Usage {
        if (calls < 0 || promptTokens < 0 || completionTokens < 0 || cost.signum() < 0) {
            throw new IllegalArgumentException("Nothing can be used less than not at all");
        }
    }

    public Usage plus(Usage other) {
        return new Usage(
                calls + other.calls,
                promptTokens + other.promptTokens,
                completionTokens + other.completionTokens,
                cost.add(other.cost));
    }

    /** Tokens that were read or written. */
    public long tokens() {
        return promptTokens + completionTokens;
    }
}
