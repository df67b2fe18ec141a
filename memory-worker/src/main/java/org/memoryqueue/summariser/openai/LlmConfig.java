package org.memoryqueue.summariser.openai;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.Secret;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Which language model summarises, and how it is asked. Without a key none does. */
@ConfigMapping(prefix = "memory.llm")
public interface LlmConfig {

    /** The key for the model; any value switches the model on, also where the server asks for none. */
    Optional<Secret<String>> apiKey();

    /** The key by the name that it used to have ({@code OPENROUTER_API_KEY}); counts when there is no other. */
    @WithName("openrouter-api-key")
    Optional<Secret<String>> olderApiKey();

    /** The root of the chat-completions routes; {@value Provider#DEFAULT_BASE_URL} unless set. */
    Optional<String> baseUrl();

    /** The model's name; {@value Provider#DEFAULT_MODEL} unless set. */
    Optional<String> model();

    /** How the model is told to answer in JSON. */
    @WithDefault("json_schema")
    ResponseFormat responseFormat();

    /** How freely the model chooses its words, 0 to 2. */
    @WithDefault("0.3")
    double temperature();

    /** How long it may take until a connection stands. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** How long a call may take in all; a little less than an attempt's bound, so that this reason is the one told. */
    @WithDefault("55s")
    Duration timeout();

    /** How many calls may be under way at once, each on a connection of its own; further ones wait. */
    @WithDefault("1000")
    int maxConnections();

    /** How many tokens a prompt may have, as they are estimated; a longer transcript is shown in parts. */
    @WithDefault("32000")
    int maxPromptTokens();

    /** How many parts a transcript may have; one that would need more is refused. */
    @WithDefault("100")
    int maxParts();

    /** How many parts of one transcript are asked about at once. */
    @WithDefault("8")
    int partsAtOnce();

    /** How many bytes a response may have; a longer one is not read to its end. */
    @WithDefault("1048576")
    int maxResponseBytes();

    /** What the provider is called in memories; the host of its address unless set. */
    Optional<String> provider();

    /**
     * {@code true} or {@code false}: whether each request asks for its cost ({@code usage.include}); for OpenRouter unless
     * set. A text, so that a misspelt word ends the start.
     */
    Optional<String> askForCost();

    /** What a million tokens of prompts cost, where the provider does not tell what a call has cost. */
    Optional<String> priceInput();

    /** What a million tokens of answers cost, likewise. */
    Optional<String> priceOutput();

    /** What all workers together may spend in a day of UTC, in the currency of the provider or of the prices. */
    Optional<String> dailyBudget();

    /** How many tokens all workers together may use in a day of UTC. */
    OptionalLong dailyTokenBudget();

    /** What is done when a budget is used up, until the day is over. */
    @WithDefault("degrade")
    WhenExhausted budgetExhausted();

    /** What to do without a budget. */
    enum WhenExhausted {
        /** Summaries are made offline. */
        DEGRADE,
        /** Jobs wait. */
        PAUSE
    }

    /** The ways to ask for JSON. */
    enum ResponseFormat {
        /** The model is held to the schema. */
        JSON_SCHEMA,
        /** The model is held to JSON, and told the schema; for servers that know no schemas. */
        JSON_OBJECT
    }
}
