package org.memoryqueue.api.limits;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.problem.Problem;

/**
 * Refuses requests before they are read when as many are under way as the service can serve in good time: better a quick
 * answer to some than a late one to all. What was taken on is served.
 */
@Singleton
final class LoadShedding {

    /** After the request has its id and CORS was seen to (300), before anything else is done for it. */
    private static final int ORDER = 250;

    private static final String RETRY_AFTER_SECONDS = "1";

    private final int maxRequests;
    private final long maxBytes;
    private final long bodyLimit;
    private final String problem;
    private final Counter shed;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    LoadShedding(
            LoadConfig config,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize bodyLimit,
            ObjectMapper json,
            MeterRegistry metrics)
            throws JsonProcessingException {
        this.maxRequests = config.maxRequests();
        this.maxBytes = config.maxBytes().asLongValue();
        this.bodyLimit = bodyLimit.asLongValue();
        if (maxRequests < 1 || maxBytes < this.bodyLimit) {
            throw new IllegalArgumentException("memory.load.max-requests must be at least 1, and memory.load.max-bytes"
                    + " at least quarkus.http.limits.max-body-size");
        }
        this.problem = json.writeValueAsString(Problem.tooMany("The service has as much to do as it can do in time"));
        this.shed = metrics.counter("memory.requests.shed");
        Gauge.builder("memory.requests.under.way", requests, AtomicInteger::get).register(metrics);
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, ORDER);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!isCounted(context)) {
            context.next();
            return;
        }
        long size = Math.min(bodyLimit, size(request));
        int underWay = requests.incrementAndGet();
        if (bytes.addAndGet(size) > maxBytes || underWay > maxRequests) {
            release(size);
            refuse(context);
            return;
        }
        context.addEndHandler(ended -> release(size));
        context.next();
    }

    /**
     * Probes are always answered; who watches a job waits most of the time, and is counted elsewhere. The path is the one by
     * which the request is routed.
     */
    private static boolean isCounted(RoutingContext context) {
        String path = context.normalizedPath();
        boolean watches = context.request().method() == HttpMethod.GET && path.endsWith("/events");
        return path.startsWith("/api/") && !path.startsWith("/api/health/") && !watches;
    }

    private void release(long size) {
        requests.decrementAndGet();
        bytes.addAndGet(-size);
    }

    private void refuse(RoutingContext context) {
        shed.increment();
        context.response()
                .setStatusCode(Problem.TOO_MANY_REQUESTS)
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader("Retry-After", RETRY_AFTER_SECONDS);
        if (size(context.request()) >= bodyLimit) {
            // Nobody knows how much is still to come.
            context.response().putHeader("Connection", "close").end(problem);
        } else {
            // What is left of the body is thrown away, so that the connection can be used again.
            context.response().end(problem);
            context.request().resume();
        }
    }

    /** A body that does not say how long it is may be as long as any. */
    private long size(HttpServerRequest request) {
        @Nullable String header = request.getHeader("Content-Length");
        try {
            return header != null
                    ? Math.max(0, Long.parseLong(header))
                    : request.getHeader("Transfer-Encoding") == null ? 0 : bodyLimit;
        } catch (NumberFormatException e) {
            return bodyLimit;
        }
    }
}
