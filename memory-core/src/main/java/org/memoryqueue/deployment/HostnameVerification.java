package org.memoryqueue.deployment;

import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.RedisOptions;
import jakarta.inject.Singleton;

/**
 * Makes {@code quarkus.tls.….hostname-verification-algorithm=NONE} mean what it says for Redis. Quarkus passes the word on
 * to Java, which knows no algorithm of that name, so that no connection at all would be made. The nodes of a cluster are
 * often known by addresses that are not in their certificates.
 */
@Singleton
final class HostnameVerification implements RedisOptionsCustomizer {

    @Override
    public void customize(String clientName, RedisOptions options) {
        NetClientOptions tcp = options.getNetClientOptions();
        if ("NONE".equalsIgnoreCase(tcp.getHostnameVerificationAlgorithm())) {
            tcp.setHostnameVerificationAlgorithm("");
        }
    }
}
