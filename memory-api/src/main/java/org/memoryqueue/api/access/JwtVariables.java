package org.memoryqueue.api.access;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.memoryqueue.deployment.Variables;

/**
 * Translates {@code MEMORY_JWT_*} into the settings of SmallRye JWT. A shared secret allows HS256 alone, keys of a URL
 * asymmetric algorithms alone: otherwise a public key could be taken for a secret.
 */
public final class JwtVariables implements ConfigSourceFactory {

    static final String JWKS_URL = "MEMORY_JWT_JWKS_URL";
    static final String SECRET = "MEMORY_JWT_SECRET";

    private static final int ORDINAL = 275;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Variables variables = Variables.of(context);
        Map<String, String> settings = new HashMap<>();
        variables.find(JWKS_URL).ifPresent(url -> {
            settings.put("mp.jwt.verify.publickey.location", url);
            settings.put("mp.jwt.verify.publickey.algorithm", "RS256,RS384,RS512,PS256,PS384,PS512,ES256,ES384,ES512");
            // The keys are fetched by a blocking client, when the first token comes and when they have been rotated.
            settings.put("quarkus.smallrye-jwt.blocking-authentication", "true");
        });
        variables.find(SECRET).ifPresent(secret -> {
            settings.put("smallrye.jwt.verify.secretkey", jwk(secret));
            settings.put("smallrye.jwt.verify.algorithm", "HS256");
        });
        variables.find("MEMORY_JWT_ISSUER").ifPresent(issuer -> settings.put("mp.jwt.verify.issuer", issuer));
        variables.find("MEMORY_JWT_AUDIENCE").ifPresent(audience -> settings.put("mp.jwt.verify.audiences", audience));
        return List.of(new PropertiesConfigSource(settings, "variables of the tokens", ORDINAL));
    }

    /** As a JSON Web Key (RFC 7517), since the characters of a secret may be any. */
    private static String jwk(String secret) {
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        return "{\"kty\":\"oct\",\"alg\":\"HS256\",\"k\":\"" + key + "\"}";
    }
}
