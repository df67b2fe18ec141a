package org.memoryqueue.summariser.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.StreamResetException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.client.api.LoggingScope;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.Summariser;
import org.memoryqueue.summariser.SummariserException;
import org.memoryqueue.summariser.SummariserUnavailableException;
import org.memoryqueue.transcript.Transcript;

/**
 * Summarises by a language model that speaks the chat-completions protocol. It never blocks; cancelling a summary aborts
 * its request. Whatever goes wrong is a {@link SummariserException}. Safe for concurrent use.
 */
public final class OpenAiSummariser implements Summariser {

    private static final Logger LOG = Logger.getLogger(OpenAiSummariser.class);

    private static final Duration IDLE_MARGIN = Duration.ofSeconds(5);
    private static final byte[] NOTHING = {};

    private final ChatCompletions model;
    private final String authorization;
    private final Prompt prompt;
    private final Duration timeout;
    private final String generator;

    private OpenAiSummariser(ChatCompletions model, Provider provider, LlmConfig config) {
        this.model = model;
        this.authorization = "Bearer " + provider.key().get();
        this.prompt = new Prompt(provider.model(), config);
        this.timeout = config.timeout();
        this.generator = "openai/" + Prompt.VERSION + " " + provider.model();
    }

    /**
     * The summariser that the settings ask for.
     *
     * @return empty when no key is set
     * @throws IllegalArgumentException if a setting is wrong; the message names its variable
     */
    public static Optional<OpenAiSummariser> of(LlmConfig config) {
        return Provider.of(config).map(provider -> {
            LOG.infof("Summaries are made by %s at %s", provider.model(), provider.baseUrl());
            return new OpenAiSummariser(client(provider, config), provider, config);
        });
    }

    private static ChatCompletions client(Provider provider, LlmConfig config) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(provider.baseUrl())
                .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, config.maxConnections())
                // A call that is cancelled while it connects leaves a connection behind that nobody uses or closes.
                .httpClientOptionsCustomizer(options -> options.setIdleTimeout(idleSeconds(config)))
                .httpClientRequestCustomizer(new ResponseLimit(config.maxResponseBytes()))
                .disableDefaultMapper(true)
                .followRedirects(false)
                // Whatever the settings of the library say: requests hold the key, and what students said.
                .loggingScope(LoggingScope.NONE)
                .build(ChatCompletions.class);
    }

    /** Longer than a call may take, so that it never ends one. */
    private static int idleSeconds(LlmConfig config) {
        return (int) config.timeout().plus(IDLE_MARGIN).toSeconds();
    }

    @Override
    public Uni<Summary> summarise(Transcript transcript) {
        return Uni.createFrom()
                .item(() -> prompt.request(transcript))
                .flatMap(request -> model.complete(authorization, request)
                        .ifNoItem()
                        .after(timeout)
                        .fail()
                        .onFailure()
                        .transform(OpenAiSummariser::withoutAnswer))
                .map(response -> summary(response, transcript));
    }

    /** Timeouts of the client and our own are both meant: its own begins anew with each piece that arrives. */
    private static SummariserException withoutAnswer(Throwable failure) {
        if (failure instanceof StreamResetException && failure.getCause() instanceof SummariserException known) {
            return known;
        }
        boolean late = failure instanceof TimeoutException || failure instanceof io.smallrye.mutiny.TimeoutException;
        return SummariserUnavailableException.withoutAnswer(
                late ? "the model did not answer in time" : "the model cannot be reached", failure);
    }

    private Summary summary(RestResponse<byte[]> response, Transcript transcript) {
        if (response.getStatus() / 100 != 2) {
            throw Refusal.of(
                    response.getStatus(),
                    response.getHeaderString(HttpHeaders.RETRY_AFTER),
                    response.getHeaderString(HttpHeaders.DATE));
        }
        if (isPage(response)) {
            // Whoever takes the address of a web site for that of its API must not lose a school day's jobs by it.
            throw SummariserUnavailableException.misconfigured(
                    "the address of the model is that of a web page", response.getStatus());
        }
        JsonNode answer = Completion.answer(Objects.requireNonNullElse(response.getEntity(), NOTHING));
        AnswerSchema.check(answer);
        return new Proof(transcript).summary(generator, answer);
    }

    private static boolean isPage(RestResponse<byte[]> response) {
        MediaType type = response.getMediaType();
        return type != null && type.isCompatible(MediaType.TEXT_HTML_TYPE) && !type.isWildcardType();
    }
}
