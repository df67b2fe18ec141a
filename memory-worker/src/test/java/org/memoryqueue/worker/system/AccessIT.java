package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memoryqueue.testing.SelfSignedCertificate;

/** The packaged API with the keys of an identity provider, and with what would let anybody in. */
@ExtendWith(Arena.class)
class AccessIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String PATH = "/api/admin/queue-status";

    /** An RSA key of an identity provider, by its id. */
    private record ProviderKey(String id, KeyPair pair) {

        static ProviderKey make(String id) throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new ProviderKey(id, generator.generateKeyPair());
        }

        Map<String, String> jwk() {
            RSAPublicKey key = (RSAPublicKey) pair.getPublic();
            return Map.of(
                    "kty",
                    "RSA",
                    "use",
                    "sig",
                    "alg",
                    "RS256",
                    "kid",
                    id,
                    "n",
                    BASE64.encodeToString(key.getModulus().toByteArray()),
                    "e",
                    BASE64.encodeToString(key.getPublicExponent().toByteArray()));
        }

        String adminToken() throws IOException, GeneralSecurityException {
            String signed = encode(Map.of("alg", "RS256", "kid", id))
                    + "."
                    + encode(Map.of(
                            "iss",
                            "provider",
                            "sub",
                            "somebody",
                            "app_metadata",
                            Map.of("role", "admin"),
                            "role",
                            "authenticated",
                            "iat",
                            Instant.now().getEpochSecond(),
                            "exp",
                            Instant.now().getEpochSecond() + 600));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        }

        private static String encode(Map<String, Object> json) throws IOException {
            return BASE64.encodeToString(JSON.writeValueAsBytes(json));
        }
    }

    @Test
    void believesTheKeysOfAnHttpsUrlAlsoWhenTheyAreRotated(@TempDir Path directory, RunningSystem system)
            throws Exception {
        SelfSignedCertificate certificate = SelfSignedCertificate.of(directory, "ip:127.0.0.1");
        ProviderKey first = ProviderKey.make("first");
        ProviderKey second = ProviderKey.make("second");
        List<ProviderKey> published = new CopyOnWriteArrayList<>(List.of(first));
        HttpServer provider = publish(published);
        try (SlowWire wire = SlowWire.tls(certificate, provider.getAddress().getPort())) {
            ServiceProcess api = system.startApi(Setup.PLAIN
                    .trusting(certificate)
                    .with("MEMORY_JWT_SECRET", "")
                    .with("MEMORY_JWT_ISSUER", "provider")
                    // Minutes between two looks for a key that is not known, 1 by default.
                    .with("SMALLRYE_JWT_JWKS_FORCED_REFRESH_INTERVAL", "0")
                    .with("MEMORY_JWT_JWKS_URL", "https://127.0.0.1:" + wire.port() + "/jwks"));
            assertThat(status(system, api, first.adminToken())).isEqualTo(200);
            assertThat(api.get(PATH).statusCode()).as("signed with a secret").isEqualTo(401);

            published.set(0, second);

            // A key that was read a moment ago is not read again.
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(status(system, api, second.adminToken())).isEqualTo(200));
            // A token that was verified is believed for 5 s.
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(status(system, api, first.adminToken()))
                            .as("signed with a key that was withdrawn")
                            .isEqualTo(401));
            assertThat(status(system, api, ProviderKey.make("second").adminToken()))
                    .as("signed with another key under a known name")
                    .isEqualTo(401);
        } finally {
            provider.stop(0);
        }
    }

    private static int status(RunningSystem system, ServiceProcess api, String token)
            throws IOException, InterruptedException {
        return system.http()
                .send(
                        HttpRequest.newBuilder(api.url(PATH))
                                .header("Authorization", "Bearer " + token)
                                .timeout(Duration.ofSeconds(30))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @ParameterizedTest
    @CsvSource({
        "MEMORY_JWT_SECRET, '', MEMORY_JWT_SECRET",
        "MEMORY_JWT_SECRET, short, MEMORY_JWT_SECRET",
        "MEMORY_JWT_JWKS_URL, http://127.0.0.1:1/jwks, MEMORY_JWT_JWKS_URL",
        "QUARKUS_HTTP_CORS_ORIGINS, *, quarkus.http.cors.origins"
    })
    void doesNotStartWithWhatWouldLetAnybodyIn(String variable, String value, String named, RunningSystem system) {
        assertThatThrownBy(() -> system.startApi(Setup.PLAIN.with(variable, value)))
                .hasStackTraceContaining(named + " must");
    }

    private static HttpServer publish(List<ProviderKey> keys) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/jwks", exchange -> {
            byte[] body = JSON.writeValueAsBytes(
                    Map.of("keys", keys.stream().map(ProviderKey::jwk).toList()));
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
