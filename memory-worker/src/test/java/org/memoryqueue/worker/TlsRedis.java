package org.memoryqueue.worker;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.local.process.Directories;
import org.memoryqueue.local.process.Ports;
import org.memoryqueue.local.redis.LocalRedis;
import org.memoryqueue.local.redis.RedisOptions;
import org.memoryqueue.testing.SelfSignedCertificate;

/** A Redis that speaks TLS, known by an address that is not in its certificate. */
public final class TlsRedis implements QuarkusTestResourceLifecycleManager {

    private @Nullable Path directory;
    private @Nullable LocalRedis server;

    /** Above the stores of the other tests. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        try {
            directory = Directories.createTemporary("memory-tls-");
            SelfSignedCertificate certificate = SelfSignedCertificate.of(directory, "dns:elsewhere");
            String port = String.valueOf(Ports.free());
            server = LocalRedis.start(RedisOptions.temporary()
                    .withArguments(
                            "--tls-port",
                            port,
                            "--tls-cert-file",
                            certificate.certificate().toString(),
                            "--tls-key-file",
                            certificate.key().toString(),
                            "--tls-auth-clients",
                            "no"));
            return Map.of(
                    "REDIS_TLS", "true",
                    "REDIS_HOST", "127.0.0.1",
                    "REDIS_PORT", port,
                    "quarkus.tls.redis.trust-store.pem.certs",
                            certificate.certificate().toString(),
                    "quarkus.tls.redis.hostname-verification-algorithm", "NONE");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            if (server != null) {
                server.close();
            }
            if (directory != null) {
                Directories.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
