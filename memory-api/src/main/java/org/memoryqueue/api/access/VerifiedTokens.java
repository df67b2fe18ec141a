package org.memoryqueue.api.access;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Verifies a token once, and believes it for a moment, or until it expires: a backend sends the same one with every
 * request. So one that was signed with a key that was withdrawn counts for a moment longer.
 */
@Singleton
@Alternative
@Priority(1)
final class VerifiedTokens extends JWTCallerPrincipalFactory {

    private static final long BELIEVED = Duration.ofSeconds(5).toNanos();

    /** Of callers within a moment; beyond, all are verified anew. */
    private static final int MAX_TOKENS = 10_000;

    private record Verified(JWTCallerPrincipal caller, long until) {

        boolean isValid() {
            return System.nanoTime() - until < 0
                    && caller.getExpirationTime() > Instant.now().getEpochSecond();
        }
    }

    private final JWTCallerPrincipalFactory verifier = new DefaultJWTCallerPrincipalFactory();
    private final Map<String, Verified> verified = new ConcurrentHashMap<>();

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo context) throws ParseException {
        Verified known = verified.get(token);
        if (known != null && known.isValid()) {
            return known.caller();
        }
        verified.remove(token);
        JWTCallerPrincipal caller = verifier.parse(token, context);
        if (verified.size() >= MAX_TOKENS) {
            verified.clear();
        }
        verified.put(token, new Verified(caller, System.nanoTime() + BELIEVED));
        return caller;
    }
}
