package org.memoryqueue.api.limits;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.access.Caller;
import org.memoryqueue.api.access.CurrentCaller;
import org.memoryqueue.api.access.Role;
import org.memoryqueue.api.handin.HandInResource;
import org.memoryqueue.api.health.QueueHealthResource;
import org.memoryqueue.api.problem.Problem;

/** Counts each request of a caller who is known, and refuses those that are too many. */
final class RateLimitFilter {

    private static final String PROPERTY = RateLimitFilter.class.getName();

    private record Rates(Rate handIns, Rate reads) {}

    private record Counted(Rate rate, Tokens tokens) {}

    private final RateLimiter limiter;
    private final CurrentCaller caller;
    private final Map<Role, Rates> rates = new EnumMap<>(Role.class);
    private final MeterRegistry metrics;
    private final boolean enabled;

    RateLimitFilter(RateLimiter limiter, CurrentCaller caller, RateLimitConfig config, MeterRegistry metrics) {
        this.limiter = limiter;
        this.caller = caller;
        this.metrics = metrics;
        this.enabled = config.enabled();
        for (Role role : Role.values()) {
            rates.put(
                    role,
                    new Rates(
                            new Rate(config.of(role).handIns()),
                            new Rate(config.of(role).reads())));
        }
    }

    @ServerRequestFilter
    Uni<@Nullable Response> count(ContainerRequestContext request, SimpleResourceInfo resource) {
        // Who asks an open route was not asked who they are, and on this thread the answer could not be waited for.
        boolean open = resource.getResourceClass() == QueueHealthResource.class;
        Optional<Caller> known = enabled && !open ? caller.find() : Optional.empty();
        if (known.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        boolean handsIn = resource.getResourceClass() == HandInResource.class;
        Rates ofRole = requireNonNull(rates.get(known.get().role()));
        Rate rate = handsIn ? ofRole.handIns() : ofRole.reads();
        return limiter.take(known.get(), kind(handsIn), rate).map(tokens -> {
            request.setProperty(PROPERTY, new Counted(rate, tokens));
            if (tokens.taken() > 0) {
                return null;
            }
            limited(known.get().role(), handsIn);
            return refusal(tokens);
        });
    }

    private void limited(Role role, boolean handsIn) {
        metrics.counter("memory.requests.limited", "role", role.word(), "kind", kind(handsIn))
                .increment();
    }

    private static String kind(boolean handsIn) {
        return handsIn ? "hand-in" : "read";
    }

    private static Response refusal(Tokens tokens) {
        return Problem.tooMany("Wait before the next request").response(tokens.untilNext());
    }

    /** As in draft-ietf-httpapi-ratelimit-headers-07. */
    @ServerResponseFilter
    void tell(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(PROPERTY) instanceof Counted(Rate rate, Tokens tokens)) {
            response.getHeaders().putSingle("RateLimit-Limit", rate.burst());
            response.getHeaders().putSingle("RateLimit-Remaining", tokens.left());
            response.getHeaders().putSingle("RateLimit-Reset", Problem.seconds(tokens.untilFull()));
            response.getHeaders().putSingle("RateLimit-Policy", rate.policy());
        }
    }
}
