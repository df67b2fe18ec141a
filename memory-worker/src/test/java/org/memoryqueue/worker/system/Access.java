package org.memoryqueue.worker.system;

import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import org.memoryqueue.local.token.Grant;
import org.memoryqueue.local.token.TokenSigner;

/** Who the clients of these tests are: an admin, who may do everything. */
final class Access {

    private static final String SECRET = "a secret for tests, of more than 32 bytes";

    /** What makes the services believe it. */
    static final Map<String, String> VARIABLES =
            Map.of("MEMORY_JWT_SECRET", SECRET, "MEMORY_JWT_ISSUER", TokenSigner.ISSUER);

    private static final String TOKEN =
            new TokenSigner(SECRET, TokenSigner.ISSUER, Optional.empty()).sign(Grant.of("admin", "tests"));

    private Access() {}

    static HttpRequest.Builder request(ServiceProcess service, String path) {
        return HttpRequest.newBuilder(service.url(path)).header("Authorization", "Bearer " + TOKEN);
    }
}
