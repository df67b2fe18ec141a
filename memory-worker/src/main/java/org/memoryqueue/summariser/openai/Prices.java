package org.memoryqueue.summariser.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.memoryqueue.usage.Usage;

/**
 * What tokens cost where the provider does not say what a call did.
 *
 * @param input for a million tokens that are read
 * @param output for a million tokens that are written
 */
record Prices(BigDecimal input, BigDecimal output) {

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    /** Of a cost. */
    private static final int DECIMALS = 9;

    /** Beyond these a number is no measure of one call. */
    private static final long MOST_TOKENS = 1_000_000_000;

    private static final BigDecimal MOST_COST = BigDecimal.valueOf(1_000_000);

    /**
     * What a call has used. Where the response does not say, tokens are estimated, so that a server that counts none escapes
     * no budget.
     *
     * @param usage of the response; missing when there is none
     * @param promptEstimate of tokens; asked only where the response does not say
     * @param completionEstimate likewise
     */
    Usage usage(JsonNode usage, LongSupplier promptEstimate, LongSupplier completionEstimate) {
        long prompt = tokens(usage.path("prompt_tokens")).orElseGet(promptEstimate);
        long completion = tokens(usage.path("completion_tokens")).orElseGet(completionEstimate);
        return new Usage(1, prompt, completion, cost(usage.path("cost"), prompt, completion));
    }

    private static OptionalLong tokens(JsonNode number) {
        boolean sound = number.isIntegralNumber()
                && number.canConvertToLong()
                && number.longValue() >= 0
                && number.longValue() <= MOST_TOKENS;
        return sound ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    /** A cost of 0 says as little as none: a gateway that knows no prices tells it, too. */
    private BigDecimal cost(JsonNode told, long promptTokens, long completionTokens) {
        if (told.isNumber() && told.doubleValue() > 0 && told.doubleValue() <= MOST_COST.doubleValue()) {
            return rounded(told.decimalValue());
        }
        return rounded(input.multiply(BigDecimal.valueOf(promptTokens))
                .add(output.multiply(BigDecimal.valueOf(completionTokens)))
                .divide(MILLION));
    }

    /** Up, so that nothing is free because it is small. */
    private static BigDecimal rounded(BigDecimal cost) {
        return cost.setScale(DECIMALS, RoundingMode.UP);
    }
}
