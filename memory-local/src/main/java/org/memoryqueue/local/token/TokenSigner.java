package org.memoryqueue.local.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes JSON Web Tokens (RFC 7519), signed with HS256 (RFC 7518, section 3.2). */
public final class TokenSigner {

    /** Who issues the tokens of a local run. */
    public static final String ISSUER = "memory-local";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String ALGORITHM = "HmacSHA256";

    private final String secret;
    private final String issuer;
    private final Optional<String> audience;

    /**
     * A signer.
     *
     * @param secret at least 32 bytes
     * @param issuer what the services expect as issuer
     * @param audience what they expect as audience, if anything
     */
    public TokenSigner(String secret, String issuer, Optional<String> audience) {
        this.secret = secret;
        this.issuer = issuer;
        this.audience = audience;
    }

    /** A token that says so, valid from now on. */
    public String sign(Grant grant) {
        Instant now = Instant.now();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        audience.ifPresent(name -> claims.put("aud", name));
        claims.put("sub", grant.subject());
        claims.put("role", grant.role());
        if (!grant.rooms().isEmpty()) {
            claims.put("rooms", grant.rooms());
        }
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(grant.validity()).getEpochSecond());
        return sign(claims);
    }

    /** A token of these claims, as they are. */
    public String sign(Map<String, Object> claims) {
        String signed = encode(Map.of("alg", "HS256", "typ", "JWT")) + "." + encode(claims);
        return signed + "." + BASE64.encodeToString(mac(signed));
    }

    private static String encode(Map<String, Object> json) {
        try {
            return BASE64.encodeToString(JSON.writeValueAsBytes(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A claim cannot be written as JSON", e);
        }
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
