package org.memoryqueue.summariser.openai;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.memoryqueue.usage.DailyBudget;

/** The settings about what models cost. */
public final class Money {

    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

    private Money() {}

    /**
     * What all workers together may use in a day.
     *
     * @throws IllegalArgumentException if a setting is wrong; the message names its variable
     */
    public static DailyBudget budget(LlmConfig config) {
        Optional<BigDecimal> cost = amount("MEMORY_LLM_DAILY_BUDGET", config.dailyBudget());
        OptionalLong tokens = config.dailyTokenBudget();
        if (tokens.isPresent() && tokens.getAsLong() < 0) {
            throw new IllegalArgumentException("MEMORY_LLM_DAILY_TOKEN_BUDGET must not be negative");
        }
        return new DailyBudget(cost.orElse(null), tokens.isPresent() ? tokens.getAsLong() : null);
    }

    /**
     * What tokens cost; nothing where that is not set.
     *
     * @throws IllegalArgumentException if a setting is wrong; the message names its variable
     */
    static Prices prices(LlmConfig config) {
        return new Prices(
                amount("MEMORY_LLM_PRICE_INPUT", config.priceInput()).orElse(BigDecimal.ZERO),
                amount("MEMORY_LLM_PRICE_OUTPUT", config.priceOutput()).orElse(BigDecimal.ZERO));
    }

    /** A budget of money that nothing would ever be taken from is a mistake. */
    static void check(LlmConfig config, Provider provider) {
        boolean priced = Stream.of(config.priceInput(), config.priceOutput())
                .allMatch(price ->
                        price.map(String::strip).filter(text -> !text.isEmpty()).isPresent());
        if (budget(config).cost() != null && !priced && !provider.asksForCost()) {
            throw new IllegalArgumentException(
                    "MEMORY_LLM_DAILY_BUDGET needs MEMORY_LLM_PRICE_INPUT and MEMORY_LLM_PRICE_OUTPUT,"
                            + " or MEMORY_LLM_ASK_FOR_COST=true for a provider that then tells what a call has cost");
        }
        prices(config);
    }

    private static Optional<BigDecimal> amount(String variable, Optional<String> setting) {
        return setting.map(String::strip).filter(text -> !text.isEmpty()).map(text -> amount(variable, text));
    }

    private static BigDecimal amount(String variable, String text) {
        // No exponent: 1e999999999 is a number, too, and one that fills the memory when it is written out.
        if (!text.matches("\\d{1,10}(\\.\\d{1,9})?") || new BigDecimal(text).compareTo(MOST) > 0) {
            throw new IllegalArgumentException(variable + " must be an amount such as 2.50, up to "
                    + MOST.toPlainString() + ", with at most 9 decimals");
        }
        return new BigDecimal(text);
    }
}
