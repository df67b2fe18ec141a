package org.memoryqueue.api.requests;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Gives each request an id, which is answered and logged: the caller's own ({@code X-Request-Id}), that of their trace
 * ({@code traceparent}, W3C Trace Context), or a new one.
 */
@Singleton
final class RequestIds {

    static final String HEADER = "X-Request-Id";

    /** How the id is called in patterns of log lines. */
    private static final String LOGGED_AS = "requestId";

    private static final String TRACE_HEADER = "traceparent";

    /** Before everything else. */
    private static final int ORDER = 100_000;

    /** No more than can stand in a log line. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._=+/-]{1,128}");

    private static final Pattern TRACE =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    void register(@Observes Filters filters) {
        filters.register(RequestIds::identify, ORDER);
    }

    private static void identify(RoutingContext context) {
        HttpServerRequest request = context.request();
        @Nullable String trace = traceId(request.getHeader(TRACE_HEADER));
        @Nullable String own = request.getHeader(HEADER);
        String id = own != null && ID.matcher(own).matches() ? own : trace != null ? trace : random();
        MDC.put(LOGGED_AS, id);
        context.response().putHeader(HEADER, id);
        if (trace != null) {
            context.response().putHeader(TRACE_HEADER, request.getHeader(TRACE_HEADER));
        }
        context.next();
    }

    private static @Nullable String traceId(@Nullable String header) {
        if (header == null) {
            return null;
        }
        Matcher matcher = TRACE.matcher(header);
        return matcher.matches() ? matcher.group(1) : null;
    }

    private static String random() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
