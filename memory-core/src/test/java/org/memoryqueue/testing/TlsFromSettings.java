package org.memoryqueue.testing;

import io.quarkus.tls.BaseTlsConfiguration;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsBucketConfig;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.quarkus.tls.runtime.keystores.PemKeyStores;
import io.vertx.core.Vertx;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.TrustOptions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What {@code quarkus.tls.*} says, without the container that Quarkus looks for more in. */
record TlsFromSettings(TlsConfig settings, Vertx vertx) implements TlsConfigurationRegistry {

    @Override
    public Optional<TlsConfiguration> get(String name) {
        return Optional.ofNullable(settings.namedCertificateConfig().get(name))
                .map(bucket -> new Bucket(
                        bucket,
                        bucket.trustStore()
                                .map(store -> PemKeyStores.verifyPEMTrustStoreStore(store, vertx, name).options)
                                .orElse(null)));
    }

    @Override
    public Optional<TlsConfiguration> getDefault() {
        return Optional.empty();
    }

    @Override
    public void register(String name, TlsConfiguration configuration) {
        throw new UnsupportedOperationException();
    }

    private static final class Bucket extends BaseTlsConfiguration {

        private final TlsBucketConfig settings;
        private final @Nullable TrustOptions trusted;

        Bucket(TlsBucketConfig settings, @Nullable TrustOptions trusted) {
            this.settings = settings;
            this.trusted = trusted;
        }

        @Override
        public @Nullable TrustOptions getTrustStoreOptions() {
            return trusted;
        }

        @Override
        public SSLOptions getSSLOptions() {
            return new SSLOptions()
                    .setUseAlpn(settings.alpn())
                    .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                    .setSslHandshakeTimeout(settings.handshakeTimeout().toSeconds())
                    .setEnabledSecureTransportProtocols(settings.protocols());
        }

        @Override
        public Optional<String> getHostnameVerificationAlgorithm() {
            return settings.hostnameVerificationAlgorithm();
        }

        @Override
        public String getName() {
            return "redis";
        }
    }
}
