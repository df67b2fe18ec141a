package org.memoryqueue.summariser.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.summariser.openai.LlmConfig.ResponseFormat;
import org.memoryqueue.usage.DailyBudget;

class ProviderTest {

    private static final String KEY = "memory.llm.api-key";
    private static final String OLDER_KEY = "memory.llm.openrouter-api-key";

    @Test
    void isNoneWithoutAKeyWhateverElseIsSet() {
        assertThat(provider(Map.of())).isEmpty();
        assertThat(provider(Map.of(KEY, "", OLDER_KEY, " "))).isEmpty();
        assertThat(provider(Map.of("memory.llm.base-url", "http://localhost:11434/v1", "memory.llm.model", "llama")))
                .isEmpty();
    }

    @Test
    void isOpenRouterWithASmallModelUnlessSaidOtherwise() {
        Provider provider = provider(Map.of(KEY, "k", "memory.llm.base-url", "", "memory.llm.model", " "))
                .orElseThrow();

        assertThat(provider.baseUrl()).isEqualTo(URI.create("https://openrouter.ai/api/v1"));
        assertThat(provider.model()).isEqualTo("openai/gpt-4.1-nano");
    }

    @Test
    void isWhereTheSettingsSay() {
        Provider provider = provider(Map.of(
                        KEY,
                        "k",
                        "memory.llm.base-url",
                        " http://localhost:11434/v1/ ",
                        "memory.llm.model",
                        "qwen3:8b"))
                .orElseThrow();

        assertThat(provider.baseUrl()).isEqualTo(URI.create("http://localhost:11434/v1"));
        assertThat(provider.model()).isEqualTo("qwen3:8b");
    }

    @Test
    void takesTheOlderNameOfTheKeyWhenTheOtherIsBlank() {
        assertThat(key(Map.of(OLDER_KEY, "older"))).isEqualTo("older");
        assertThat(key(Map.of(KEY, " ", OLDER_KEY, "older"))).isEqualTo("older");
        assertThat(key(Map.of(KEY, "newer\n", OLDER_KEY, "older"))).isEqualTo("newer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:11434",
                "ftp://host/v1",
                "https://",
                "https://user:password@host/v1",
                "https://host/v1?key=secret",
                "https://host/v1#secret",
                "not a url",
                "http://my_host/v1"
            })
    void refusesABaseUrlThatIsNoneNamingTheVariableAndNotTheValue(String baseUrl) {
        assertThatThrownBy(() -> provider(Map.of(KEY, "k", "memory.llm.base-url", baseUrl)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MEMORY_LLM_BASE_URL")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("password@");
    }

    @ParameterizedTest
    @CsvSource({
        "memory.llm.model, two words, MEMORY_LLM_MODEL",
        "memory.llm.api-key, se cret, MEMORY_LLM_API_KEY",
        "memory.llm.temperature, 2.1, MEMORY_LLM_TEMPERATURE",
        "memory.llm.temperature, NaN, MEMORY_LLM_TEMPERATURE",
        "memory.llm.timeout, 0s, MEMORY_LLM_TIMEOUT",
        "memory.llm.timeout, P30D, MEMORY_LLM_TIMEOUT",
        "memory.llm.connect-timeout, 0s, MEMORY_LLM_CONNECT_TIMEOUT",
        "memory.llm.max-connections, 0, MEMORY_LLM_MAX_CONNECTIONS",
        "memory.llm.max-prompt-tokens, 7999, MEMORY_LLM_MAX_PROMPT_TOKENS",
        "memory.llm.max-prompt-tokens, 1000001, MEMORY_LLM_MAX_PROMPT_TOKENS",
        "memory.llm.max-parts, 0, MEMORY_LLM_MAX_PARTS",
        "memory.llm.parts-at-once, 0, MEMORY_LLM_PARTS_AT_ONCE",
        "memory.llm.provider, two words, MEMORY_LLM_PROVIDER",
        "memory.llm.price-input, 1e3, MEMORY_LLM_PRICE_INPUT",
        "memory.llm.price-output, -1, MEMORY_LLM_PRICE_OUTPUT",
        "memory.llm.ask-for-cost, yes, MEMORY_LLM_ASK_FOR_COST",
        "memory.llm.daily-budget, '1,5', MEMORY_LLM_DAILY_BUDGET",
        "memory.llm.daily-token-budget, -1, MEMORY_LLM_DAILY_TOKEN_BUDGET",
        "memory.llm.max-response-bytes, 0, MEMORY_LLM_MAX_RESPONSE_BYTES"
    })
    void refusesASettingThatCannotBeNamingItsVariable(String setting, String value, String variable) {
        Map<String, String> settings = new HashMap<>(Map.of(KEY, "k"));
        settings.put(setting, value);

        assertThatThrownBy(() -> {
                    Money.budget(Settings.of(settings));
                    provider(settings);
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(variable)
                .hasMessageNotContaining("se cret");
    }

    @Test
    void refusesABudgetOfMoneyThatNothingWouldEverBeTakenFrom() {
        Map<String, String> elsewhere = new HashMap<>(
                Map.of(KEY, "k", "memory.llm.base-url", "http://localhost:11434/v1", "memory.llm.daily-budget", "5"));
        assertThatThrownBy(() -> provider(elsewhere)).hasMessageContaining("MEMORY_LLM_PRICE_INPUT");

        elsewhere.put("memory.llm.price-input", "0.10");
        elsewhere.put("memory.llm.price-output", "0.40");
        assertThat(provider(elsewhere)).isPresent();
        assertThat(provider(Map.of(KEY, "k", "memory.llm.daily-budget", "5")))
                .as("OpenRouter tells what a call has cost")
                .isPresent();
        assertThatThrownBy(() ->
                        provider(Map.of(KEY, "k", "memory.llm.daily-budget", "5", "memory.llm.ask-for-cost", "false")))
                .as("when it is asked")
                .hasMessageContaining("MEMORY_LLM_ASK_FOR_COST");
    }

    @Test
    void takesABlankAmountForNone() {
        assertThat(Money.budget(
                        Settings.of(Map.of("memory.llm.daily-budget", " ", "memory.llm.daily-token-budget", ""))))
                .isEqualTo(DailyBudget.UNLIMITED);
        assertThat(Money.budget(
                        Settings.of(Map.of("memory.llm.daily-budget", "2.50", "memory.llm.daily-token-budget", "7"))))
                .isEqualTo(new DailyBudget(new BigDecimal("2.50"), 7L));
    }

    @Test
    void isCalledInMemoriesByItsHostUnlessItHasAName() {
        assertThat(provider(Map.of(KEY, "k")).orElseThrow().name()).isEqualTo("openrouter.ai");
        assertThat(provider(Map.of(KEY, "k", "memory.llm.provider", "our-gpu"))
                        .orElseThrow()
                        .name())
                .isEqualTo("our-gpu");
    }

    @Test
    void readsTheResponseFormatAsItIsSpeltInTheProtocol() {
        assertThat(Settings.of(Map.of()).responseFormat()).isEqualTo(ResponseFormat.JSON_SCHEMA);
        assertThat(Settings.of(Map.of("memory.llm.response-format", "json_object"))
                        .responseFormat())
                .isEqualTo(ResponseFormat.JSON_OBJECT);
    }

    @Test
    void doesNotPrintItsKey() {
        LlmConfig config = Settings.of(Map.of(KEY, "sk-secret", OLDER_KEY, "sk-secret"));

        assertThat(Provider.of(config).orElseThrow().toString()).doesNotContain("sk-secret");
        assertThat(config.toString() + config.apiKey() + config.olderApiKey()).doesNotContain("sk-secret");
    }

    private static String key(Map<String, String> settings) {
        return provider(settings).orElseThrow().key().get();
    }

    private static Optional<Provider> provider(Map<String, String> settings) {
        return Provider.of(Settings.of(settings));
    }
}
