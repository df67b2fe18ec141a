package org.memoryqueue.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What bounds the connections to Postgres beyond the settings that Quarkus has for them. */
@ConfigMapping(prefix = "memory.database.pool")
public interface PoolConfig {

    /** The longest that connecting may take, until the server has let the user in. */
    @WithDefault("3s")
    Duration connectTimeout();

    /**
     * The longest that nothing may come or go on a connection; then it is cut, and with it what waits for an answer.
     * Longer than {@code statement_timeout}, for until then the server may be at work, and longer than the pool keeps an
     * unused connection, for the pool would else lend out one that is just being cut.
     */
    @WithDefault("12s")
    Duration answerTimeout();

    /** The longest that a request waits for a connection, one that is made for it included. */
    @WithDefault("5s")
    Duration acquireTimeout();

    /** The most requests that wait for a connection; more are refused. */
    @WithDefault("1000")
    int maxWaiting();
}
