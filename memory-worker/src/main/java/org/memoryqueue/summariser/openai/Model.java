package org.memoryqueue.summariser.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.StreamResetException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.client.api.LoggingScope;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.summariser.InvalidAnswerException;
import org.memoryqueue.summariser.SummariserException;
import org.memoryqueue.summariser.SummariserUnavailableException;
import org.memoryqueue.usage.Usage;

/** A language model at the other end of a connection. Asking never blocks, and ends in time; cancelling aborts it. */
final class Model {

    private static final Duration IDLE_MARGIN = Duration.ofSeconds(5);
    private static final byte[] NOTHING = {};
    private static final int MOST_CAUSES = 10;

    private final ChatCompletions model;
    private final String authorization;
    private final Duration timeout;
    private final Prices prices;

    Model(Provider provider, LlmConfig config) {
        this.model = client(provider, config);
        this.authorization = "Bearer " + provider.key().get();
        this.timeout = config.timeout();
        this.prices = Money.prices(config);
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

    /**
     * Asks once.
     *
     * @param used is told what the call has used, once, also when it fails or is cancelled: what may have been read is
     *     billed by most providers, also when nobody waits for the answer
     * @return the JSON object with which the model answered; else a {@link SummariserException}
     */
    Uni<JsonNode> ask(JsonNode request, Consumer<Usage> used) {
        return model.complete(authorization, request)
                .ifNoItem()
                .after(timeout)
                .fail()
                .onCancellation()
                .invoke(() -> used.accept(usage(request, Optional.empty())))
                .onFailure()
                .transform(Model::withoutAnswer)
                .onFailure()
                .invoke(failure -> used.accept(isUnread(failure) ? Usage.UNANSWERED : usage(request, Optional.empty())))
                .map(response -> answer(request, response, used));
    }

    /** Whether no model has read the request: no connection stood, or the answer was a status of a failure. */
    private static boolean isUnread(Throwable failure) {
        return !(failure instanceof InvalidAnswerException)
                && (failure.getCause() == null || causes(failure).anyMatch(Model::isWithoutConnection));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MOST_CAUSES);
    }

    private static boolean isWithoutConnection(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException
                || cause instanceof SSLHandshakeException;
    }

    /** Timeouts of the client and our own are both meant: its own begins anew with each piece that arrives. */
    private static SummariserException withoutAnswer(Throwable failure) {
        if (failure instanceof StreamResetException && failure.getCause() instanceof SummariserException known) {
            return known;
        }
        return SummariserUnavailableException.withoutAnswer(whyNot(failure), failure);
    }

    private static String whyNot(Throwable failure) {
        if (failure instanceof TimeoutException || failure instanceof io.smallrye.mutiny.TimeoutException) {
            return "the model did not answer in time";
        }
        return causes(failure).anyMatch(SSLHandshakeException.class::isInstance)
                ? "there is no TLS with the model: is its certificate trusted?"
                : "the model cannot be reached";
    }

    private JsonNode answer(JsonNode request, RestResponse<?> response, Consumer<Usage> used) {
        Optional<ObjectNode> body = Completion.object(body(response.getEntity()));
        if (response.getStatus() / 100 != 2) {
            used.accept(Usage.UNANSWERED);
            throw Refusal.of(
                    response.getStatus(),
                    response.getHeaderString(HttpHeaders.RETRY_AFTER),
                    response.getHeaderString(HttpHeaders.DATE),
                    body.map(refused -> refused.path("error")).orElse(MissingNode.getInstance()));
        }
        used.accept(usage(request, body.map(Completion::new)));
        if (isPage(response)) {
            // Whoever takes the address of a web site for that of its API must not lose a school day's jobs by it.
            throw SummariserUnavailableException.misconfigured(
                    "the address of the model is that of a web page", response.getStatus());
        }
        return Completion.read(body).answer();
    }

    /** The client does not read what comes with an error, but keeps it, whatever type was asked for. */
    private static byte[] body(@Nullable Object entity) {
        try {
            return switch (entity) {
                case byte[] bytes -> bytes;
                case InputStream kept -> kept.readAllBytes();
                case null, default -> NOTHING;
            };
        } catch (IOException e) {
            return NOTHING;
        }
    }

    private static boolean isPage(RestResponse<?> response) {
        MediaType type = response.getMediaType();
        return type != null && type.isCompatible(MediaType.TEXT_HTML_TYPE) && !type.isWildcardType();
    }

    private Usage usage(JsonNode request, Optional<Completion> completion) {
        return prices.usage(
                completion.map(Completion::usage).orElse(MissingNode.getInstance()),
                () -> ChatRequest.estimatedTokens(request),
                () -> completion.map(Completion::estimatedTokens).orElse(0));
    }
}
