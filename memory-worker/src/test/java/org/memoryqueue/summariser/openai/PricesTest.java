package org.memoryqueue.summariser.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.usage.Usage;

class PricesTest {

    private static final Prices PRICES = new Prices(new BigDecimal("0.10"), new BigDecimal("0.40"));

    @Test
    void believeTheProviderWhoTellsWhatACallHasCost() {
        assertThat(usage("{\"prompt_tokens\": 1000, \"completion_tokens\": 100, \"cost\": 0.00095}"))
                .isEqualTo(new Usage(1, 1_000, 100, new BigDecimal("0.000950000")));
    }

    @Test
    void reckonWhereTheProviderTellsThatACallHasCostNothing() {
        assertThat(usage("{\"prompt_tokens\": 1000000, \"completion_tokens\": 1000000, \"cost\": 0}")
                        .cost())
                .isEqualByComparingTo("0.50");
    }

    @Test
    void estimateNothingThatTheProviderTells() throws JsonProcessingException {
        Usage usage = PRICES.usage(
                new JsonMapper().readTree("{\"prompt_tokens\": 5, \"completion_tokens\": 6}"),
                PricesTest::unwanted,
                PricesTest::unwanted);

        assertThat(usage.tokens()).isEqualTo(11);
    }

    private static long unwanted() {
        throw new AssertionError("Nobody needs an estimate");
    }

    @Test
    void reckonByTheMillionWhereTheProviderDoesNotTell() {
        assertThat(usage("{\"prompt_tokens\": 1000000, \"completion_tokens\": 500000}")
                        .cost())
                .isEqualByComparingTo("0.30");
        assertThat(usage("{\"prompt_tokens\": 1, \"completion_tokens\": 0}").cost())
                .isEqualByComparingTo("0.0000001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"prompt_tokens\": null, \"completion_tokens\": \"5\", \"cost\": \"free\"}",
                "{\"prompt_tokens\": -1, \"completion_tokens\": 1.5, \"cost\": -3}",
                "{\"prompt_tokens\": 99999999999999999999, \"completion_tokens\": 2000000000, \"cost\": 1e300}"
            })
    void reckonWithTheEstimateWhereTheResponseSaysNothingOfSense(String usage) {
        assertThat(usage(usage)).isEqualTo(new Usage(1, 70, 30, new BigDecimal("0.000019000")));
    }

    private static Usage usage(String json) {
        try {
            return PRICES.usage(new JsonMapper().readTree(json), () -> 70, () -> 30);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
