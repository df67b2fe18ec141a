package org.memoryqueue.api.access;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Refuses to start in production with what would let anybody in. */
@Singleton
final class AccessCheck {

    private static final Logger LOG = Logger.getLogger(AccessCheck.class);

    /** As long as the digest of HS256, RFC 7518, section 3.2. */
    private static final int MIN_SECRET_BYTES = 32;

    private final Optional<String> jwksUrl;
    private final Optional<String> secret;
    private final Optional<String> issuer;
    private final Optional<List<String>> origins;

    AccessCheck(
            @ConfigProperty(name = JwtVariables.JWKS_URL) Optional<String> jwksUrl,
            @ConfigProperty(name = JwtVariables.SECRET) Optional<String> secret,
            @ConfigProperty(name = "mp.jwt.verify.issuer") Optional<String> issuer,
            @ConfigProperty(name = "quarkus.http.cors.origins") Optional<List<String>> origins) {
        this.jwksUrl = jwksUrl;
        this.secret = secret;
        this.issuer = issuer;
        this.origins = origins;
    }

    void check(@Observes StartupEvent event) {
        if (LaunchMode.current() != LaunchMode.NORMAL) {
            return;
        }
        checkKey();
        if (origins.stream().flatMap(List::stream).map(String::strip).anyMatch(AccessCheck::isWildcard)) {
            throw new ConfigurationException("quarkus.http.cors.origins must name origins, not all of them");
        }
        if (issuer.isEmpty()) {
            LOG.warn("MEMORY_JWT_ISSUER is not set: a token of any issuer counts that is signed with the key");
        }
    }

    private void checkKey() {
        if (jwksUrl.isPresent() && secret.isPresent()) {
            throw new ConfigurationException("MEMORY_JWT_JWKS_URL must not be set beside MEMORY_JWT_SECRET");
        }
        if (jwksUrl.isEmpty() && secret.isEmpty()) {
            throw new ConfigurationException("MEMORY_JWT_JWKS_URL or MEMORY_JWT_SECRET must be set");
        }
        if (secret.filter(text -> text.strip().getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES)
                .isPresent()) {
            throw new ConfigurationException("MEMORY_JWT_SECRET must hold at least " + MIN_SECRET_BYTES + " bytes");
        }
    }

    /** {@code *}, or a regular expression that any origin matches. */
    private static boolean isWildcard(String origin) {
        return origin.equals("*") || origin.matches("/\\^?\\.[*+]\\$?/");
    }
}
