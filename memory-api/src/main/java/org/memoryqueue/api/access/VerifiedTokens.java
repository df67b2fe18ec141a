package org.memoryqueue.api.access;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Believes a token that was verified for a moment, or until it expires, without verifying it again: a backend sends the
 * same one with every request. So one that was signed with a key that was withdrawn counts for a moment longer.
 */
@Singleton
final class VerifiedTokens implements IdentityProvider<TokenAuthenticationRequest> {

    private static final long BELIEVED = Duration.ofSeconds(5).toNanos();

    /** Of callers within a moment; beyond, all are verified anew. */
    private static final int MAX_TOKENS = 10_000;

    private record Verified(SecurityIdentity identity, long expires, long until) {

        boolean isValid() {
            return System.nanoTime() - until < 0 && expires > Instant.now().getEpochSecond();
        }
    }

    private final Map<String, Verified> verified = new ConcurrentHashMap<>();
    private volatile long cleanedAt = System.nanoTime();

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    /** Is asked before the one that verifies. */
    @Override
    public int priority() {
        return SYSTEM_FIRST;
    }

    /** Who has this token, if it was verified just now; else nobody, and the next provider is asked. */
    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        Verified known = verified.get(request.getToken().getToken());
        return known != null && known.isValid()
                ? Uni.createFrom().item(known.identity())
                : Uni.createFrom().nullItem();
    }

    /**
     * Keeps who has a token that was verified.
     *
     * @param identity holds nothing of the request
     * @param expires seconds since the epoch
     */
    void remember(String token, SecurityIdentity identity, long expires) {
        long now = System.nanoTime();
        if (now - cleanedAt > BELIEVED) {
            cleanedAt = now;
            verified.values().removeIf(each -> !each.isValid());
        }
        if (verified.size() >= MAX_TOKENS) {
            verified.clear();
        }
        verified.put(token, new Verified(identity, expires, now + BELIEVED));
    }
}
