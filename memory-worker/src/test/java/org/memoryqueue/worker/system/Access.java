package org.memoryqueue.worker.system;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.memoryqueue.local.token.Grant;
import org.memoryqueue.local.token.TokenSigner;

/** Who the clients of these tests are: an admin, who may do everything, and the chat's backend, which hands in. */
final class Access {

    static final String SECRET = "a secret for tests, of more than 32 bytes";

    /** What makes the services believe it. */
    static final Map<String, String> VARIABLES = Map.of(
            "MEMORY_JWT_SECRET",
            SECRET,
            "MEMORY_JWT_ISSUER",
            TokenSigner.ISSUER,
            // A ledger asks for all that it was promised.
            "MEMORY_RATE_LIMIT_ADMIN_READS",
            "300000");

    private static final TokenSigner SIGNER = new TokenSigner(SECRET, TokenSigner.ISSUER, Optional.empty());
    private static final String ADMIN = SIGNER.sign(Grant.of("admin", "tests"));
    static final String SERVICE = SIGNER.sign(Grant.of("service", "tests"));

    private Access() {}

    static HttpRequest.Builder request(ServiceProcess service, String path) {
        return HttpRequest.newBuilder(service.url(path)).header("Authorization", "Bearer " + ADMIN);
    }

    static HttpRequest handIn(ServiceProcess api, HttpRequest.BodyPublisher session, Duration timeout) {
        return handIn(api.url("/"), session, timeout);
    }

    static HttpRequest handIn(URI api, HttpRequest.BodyPublisher session, Duration timeout) {
        return HttpRequest.newBuilder(api.resolve("/api/student/memory"))
                .header("Authorization", "Bearer " + SERVICE)
                .header("Content-Type", "application/json")
                .timeout(timeout)
                .POST(session)
                .build();
    }
}
