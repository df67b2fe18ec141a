package org.memoryqueue.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.memoryqueue.testing.Stores.await;

import io.vertx.mutiny.redis.client.Redis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memoryqueue.job.Priority;
import org.memoryqueue.local.process.Ports;
import org.memoryqueue.local.redis.LocalRedis;
import org.memoryqueue.local.redis.RedisOptions;
import org.memoryqueue.testing.Clients;
import org.memoryqueue.testing.SelfSignedCertificate;
import org.memoryqueue.testing.Stores;

/** A Redis that speaks TLS. */
class TlsTest {

    private static final String TRUSTED = "QUARKUS_TLS_REDIS_TRUST_STORE_PEM_CERTS";

    @TempDir
    Path directory;

    private final int port = Ports.free();

    @Test
    void isTalkedToWhenItsCertificateIsTrusted() throws IOException {
        SelfSignedCertificate certificate = SelfSignedCertificate.of(directory, "ip:127.0.0.1");
        try (LocalRedis server = start(certificate)) {
            add(Map.of(TRUSTED, certificate.certificate().toString()));
            assertThat(plainLength(server)).isEqualTo(1);
        }
    }

    @Test
    void isRefusedWhenNobodyVouchesForIt() throws IOException {
        try (LocalRedis server = start(SelfSignedCertificate.of(directory, "ip:127.0.0.1"))) {
            assertThatThrownBy(() -> add(Map.of()))
                    .isInstanceOf(IndexUnavailableException.class)
                    .hasStackTraceContaining("unable to find valid certification path");
            assertThat(plainLength(server)).isZero();
        }
    }

    @Test
    void isRefusedWhenItsCertificateIsForAnotherHost() throws IOException {
        SelfSignedCertificate certificate = SelfSignedCertificate.of(directory, "dns:elsewhere");
        try (LocalRedis server = start(certificate)) {
            String trusted = certificate.certificate().toString();
            assertThatThrownBy(() -> add(Map.of(TRUSTED, trusted)))
                    .isInstanceOf(IndexUnavailableException.class)
                    .hasStackTraceContaining("No subject alternative names matching IP address 127.0.0.1");
            assertThat(plainLength(server)).isZero();
        }
    }

    private LocalRedis start(SelfSignedCertificate certificate) {
        try {
            return LocalRedis.start(RedisOptions.temporary()
                    .withArguments(
                            "--tls-port",
                            String.valueOf(port),
                            "--tls-cert-file",
                            certificate.certificate().toString(),
                            "--tls-key-file",
                            certificate.key().toString(),
                            "--tls-auth-clients",
                            "no"));
        } catch (IOException e) {
            return abort("This Redis speaks no TLS: " + e.getMessage());
        }
    }

    private void add(Map<String, String> settings) {
        Map<String, String> variables = new HashMap<>(settings);
        variables.putAll(Map.of("REDIS_TLS", "true", "REDIS_HOST", "127.0.0.1", "REDIS_PORT", String.valueOf(port)));
        Redis redis = Clients.of(variables).redis();
        try {
            await(Stores.index(redis).add(List.of(new DueJob(1, Priority.HIGH))));
        } finally {
            redis.close();
        }
    }

    private static long plainLength(LocalRedis server) {
        Redis plain = Stores.connect(server);
        try {
            return await(Stores.index(plain).length());
        } finally {
            plain.close();
        }
    }
}
