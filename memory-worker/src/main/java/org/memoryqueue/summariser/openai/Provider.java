package org.memoryqueue.summariser.openai;

import io.smallrye.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the model is.
 *
 * @param baseUrl the root of its routes, without a slash at the end
 * @param model its name there
 * @param name what it is called in memories
 * @param key what it is unlocked with; a {@link Secret}, so that nothing prints it by accident
 * @param asksForCost whether each request asks for what it costs, which is a field that not every server takes
 */
record Provider(URI baseUrl, String model, String name, Secret<String> key, boolean asksForCost) {

    static final String DEFAULT_BASE_URL = "https://openrouter.ai/api/v1";
    static final String DEFAULT_MODEL = "openai/gpt-4.1-nano";

    /** The call site ends a call after a minute, and would not know why. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(59);

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** Task and schema take about half of the least. */
    private static final int FEWEST_PROMPT_TOKENS = 8_000;

    private static final int MOST_PROMPT_TOKENS = 1_000_000;
    private static final int MOST_PARTS = 1_000;

    /**
     * Reads the settings.
     *
     * @return empty when there is no key, that is: when no model is to be used
     * @throws IllegalArgumentException if a setting is wrong; the message names its variable, and not its value
     */
    static Optional<Provider> of(LlmConfig config) {
        checkLimits(config);
        return Stream.of(config.apiKey(), config.olderApiKey())
                .flatMap(Optional::stream)
                // A key that is set to nothing is a secret that holds null.
                .flatMap(key -> Stream.ofNullable(key.get()))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .findFirst()
                .map(key -> {
                    URI baseUrl = baseUrl(set(config.baseUrl()).orElse(DEFAULT_BASE_URL));
                    Provider provider = new Provider(
                            baseUrl,
                            model(set(config.model()).orElse(DEFAULT_MODEL)),
                            name(set(config.provider()).orElse(baseUrl.getHost())),
                            key(key),
                            set(config.askForCost()).map(Provider::asksForCost).orElseGet(() -> isOpenRouter(baseUrl)));
                    Money.check(config, provider);
                    return provider;
                });
    }

    private static boolean asksForCost(String text) {
        require(
                text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"),
                "MEMORY_LLM_ASK_FOR_COST must be true or false");
        return text.equalsIgnoreCase("true");
    }

    private static boolean isOpenRouter(URI baseUrl) {
        String host = baseUrl.getHost();
        return host.equals("openrouter.ai") || host.endsWith(".openrouter.ai");
    }

    private static String name(String name) {
        require(
                name.matches("[\\x21-\\x7e]{1,100}"),
                "MEMORY_LLM_PROVIDER must be up to 100 characters without spaces");
        return name;
    }

    /** Blank counts as not set. */
    private static Optional<String> set(Optional<String> value) {
        return value.map(String::strip).filter(text -> !text.isEmpty());
    }

    private static URI baseUrl(String text) {
        URI uri;
        try {
            uri = new URI(text.replaceFirst("/+$", ""));
        } catch (URISyntaxException e) {
            throw wrongBaseUrl();
        }
        boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        if (!web
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw wrongBaseUrl();
        }
        return uri;
    }

    private static IllegalArgumentException wrongBaseUrl() {
        return new IllegalArgumentException("MEMORY_LLM_BASE_URL must have the form https://host:port/path, such as "
                + DEFAULT_BASE_URL + ", without user, query or fragment");
    }

    private static String model(String name) {
        require(name.matches("[\\x21-\\x7e]{1,200}"), "MEMORY_LLM_MODEL must be up to 200 characters without spaces");
        return name;
    }

    private static Secret<String> key(String key) {
        require(
                key.matches("[\\x21-\\x7e]+"),
                "MEMORY_LLM_API_KEY (or OPENROUTER_API_KEY) must be made of visible ASCII characters");
        return () -> key;
    }

    private static void checkLimits(LlmConfig config) {
        boolean temperate = config.temperature() >= 0 && config.temperature() <= 2;
        require(temperate, "MEMORY_LLM_TEMPERATURE must be from 0 to 2");
        require(isWait(config.connectTimeout()), "MEMORY_LLM_CONNECT_TIMEOUT must be from 1 ms to 1 h");
        require(
                isWait(config.timeout()) && config.timeout().compareTo(LONGEST_CALL) <= 0,
                "MEMORY_LLM_TIMEOUT must be from 1 ms to 59 s");
        require(config.maxConnections() > 0, "MEMORY_LLM_MAX_CONNECTIONS must be at least 1");
        require(
                config.maxPromptTokens() >= FEWEST_PROMPT_TOKENS && config.maxPromptTokens() <= MOST_PROMPT_TOKENS,
                "MEMORY_LLM_MAX_PROMPT_TOKENS must be from " + FEWEST_PROMPT_TOKENS + " to " + MOST_PROMPT_TOKENS);
        require(
                config.maxParts() >= 1 && config.maxParts() <= MOST_PARTS,
                "MEMORY_LLM_MAX_PARTS must be from 1 to " + MOST_PARTS);
        require(
                config.partsAtOnce() >= 1 && config.partsAtOnce() <= MOST_PARTS,
                "MEMORY_LLM_PARTS_AT_ONCE must be from 1 to " + MOST_PARTS);
        require(config.maxResponseBytes() > 0, "MEMORY_LLM_MAX_RESPONSE_BYTES must be at least 1");
    }

    /** Nothing would be without end: that is how the client reads a timeout of 0. */
    private static boolean isWait(Duration timeout) {
        return timeout.toMillis() > 0 && timeout.compareTo(LONGEST_WAIT) <= 0;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
