package org.memoryqueue.api;

import java.util.List;
import java.util.Optional;
import org.memoryqueue.local.token.Grant;
import org.memoryqueue.local.token.TokenSigner;

/** Tokens that the service under test believes. */
final class Tokens {

    static final String SECRET = "a secret for tests, of more than 32 bytes";

    static final String ISSUER = "tests";

    static final String AUDIENCE = "memory";

    private static final TokenSigner SIGNER = new TokenSigner(SECRET, ISSUER, Optional.of(AUDIENCE));

    private Tokens() {}

    static String student(String id) {
        return sign(Grant.of("student", id));
    }

    static String teacher(String... rooms) {
        return sign(Grant.of("teacher", "teacher").teaching(List.of(rooms)));
    }

    static String admin() {
        return sign(Grant.of("admin", "admin"));
    }

    static String service() {
        return sign(Grant.of("service", "tutor"));
    }

    static String sign(Grant grant) {
        return SIGNER.sign(grant);
    }
}
