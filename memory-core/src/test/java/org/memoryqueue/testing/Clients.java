package org.memoryqueue.testing;

import io.quarkus.datasource.common.runtime.DataSourceUtil;
import io.quarkus.datasource.runtime.DataSourceRuntimeConfig;
import io.quarkus.datasource.runtime.DataSourcesRuntimeConfig;
import io.quarkus.proxy.ProxyConfiguration;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.reactive.datasource.runtime.DataSourceReactiveRuntimeConfig;
import io.quarkus.reactive.datasource.runtime.DataSourcesReactiveRuntimeConfig;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.quarkus.redis.runtime.client.VertxRedisClientFactory;
import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.memoryqueue.database.BoundedPoolCreator;
import org.memoryqueue.deployment.DeploymentVariables;

/**
 * Clients of stores, made from the settings that the services have: their defaults in microprofile-config.properties,
 * and above these the variables of a deployment. The environment of the test is left alone.
 */
public final class Clients {

    private static final Vertx VERTX = Vertx.vertx();

    private final Map<String, String> variables;
    private final SmallRyeConfig config;

    private Clients(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
        try {
            this.config = new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .addDiscoveredConverters()
                    .withValidateUnknown(false)
                    .withSources(
                            new PropertiesConfigSource(
                                    Clients.class.getResource("/META-INF/microprofile-config.properties"), 100),
                            new PropertiesConfigSource(variables, "settings", 300),
                            new EnvConfigSource(variables, 300))
                    .withSources(new DeploymentVariables())
                    .withMapping(RedisConfig.class)
                    .withMapping(TlsConfig.class)
                    .withMapping(DataSourcesRuntimeConfig.class)
                    .withMapping(DataSourcesReactiveRuntimeConfig.class)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The clients of a deployment. @param variables such as REDIS_HOST, or settings by their full names */
    public static Clients of(Map<String, String> variables) {
        return new Clients(variables);
    }

    /** The Vert.x that all clients share. */
    public static Vertx vertx() {
        return VERTX;
    }

    /** A client of Redis, made by Quarkus' own code. */
    public Redis redis() {
        return Redis.newInstance(VertxRedisClientFactory.create(
                RedisConfig.DEFAULT_CLIENT_NAME,
                VERTX,
                config.getConfigMapping(RedisConfig.class).clients().get(RedisConfig.DEFAULT_CLIENT_NAME),
                new TlsFromSettings(config.getConfigMapping(TlsConfig.class), VERTX),
                new NoProxies()));
    }

    /** A pool of connections to Postgres; what Quarkus reads of its settings, this reads as well. */
    public Pool pool() {
        return Pool.newInstance(new Beans(variables)
                .get(BoundedPoolCreator.class)
                .create(new FromSettings(poolOptions(), connection())));
    }

    private PoolOptions poolOptions() {
        DataSourceReactiveRuntimeConfig reactive = reactive();
        return new PoolOptions()
                .setMaxSize(reactive.maxSize())
                .setIdleTimeout(millis(reactive.idleTimeout()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxLifetime(millis(reactive.maxLifetime()))
                .setMaxLifetimeUnit(TimeUnit.MILLISECONDS);
    }

    private PgConnectOptions connection() {
        DataSourceReactiveRuntimeConfig reactive = reactive();
        PgConnectOptions connection =
                PgConnectOptions.fromUri(reactive.url().orElseThrow().getFirst());
        DataSourceRuntimeConfig access = theDefault(
                config.getConfigMapping(DataSourcesRuntimeConfig.class).dataSources());
        access.username().ifPresent(connection::setUser);
        access.password().ifPresent(connection::setPassword);
        connection.setCachePreparedStatements(reactive.cachePreparedStatements().orElse(true));
        reactive.additionalProperties().forEach(connection::addProperty);
        return connection;
    }

    private DataSourceReactiveRuntimeConfig reactive() {
        return theDefault(config.getConfigMapping(DataSourcesReactiveRuntimeConfig.class)
                        .dataSources())
                .reactive();
    }

    private static <T> T theDefault(Map<String, T> dataSources) {
        return Objects.requireNonNull(dataSources.get(DataSourceUtil.DEFAULT_DATASOURCE_NAME));
    }

    private static int millis(Optional<Duration> duration) {
        return Math.toIntExact(duration.orElse(Duration.ZERO).toMillis());
    }

    private record FromSettings(PoolOptions poolOptions, PgConnectOptions connection) implements PgPoolCreator.Input {

        @Override
        public Vertx vertx() {
            return VERTX;
        }

        @Override
        public List<PgConnectOptions> pgConnectOptionsList() {
            return List.of(connection);
        }
    }

    private static final class NoProxies implements ProxyConfigurationRegistry {

        @Override
        public Optional<ProxyConfiguration> get(Optional<String> name) {
            return Optional.empty();
        }
    }
}
