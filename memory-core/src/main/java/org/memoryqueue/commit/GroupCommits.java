package org.memoryqueue.commit;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import org.memoryqueue.commit.GroupCommit.Limits;
import org.memoryqueue.database.SqlFailures;

/** Makes group commits, each on an event loop context of its own. */
@Singleton
public final class GroupCommits {

    private final Vertx vertx;
    private final Limits limits;

    GroupCommits(Vertx vertx, GroupCommitConfig config) {
        this.vertx = vertx;
        this.limits = new Limits(
                config.linger(), config.gather(), config.maxBatch(), config.maxInFlight(), config.maxWaiting());
    }

    /**
     * Makes a group commit.
     *
     * @param commit stores all requests, or none, and gives their results in the same order
     */
    public <T, R> GroupCommit<T, R> create(Function<List<T>, Uni<List<R>>> commit) {
        return new GroupCommit<>(Loop.of(rootContext()), limits, commit, SqlFailures::mayConcernOneRow);
    }

    /** Whoever needs a bean first makes it: what is committed later must not run in the context of that request. */
    private Context rootContext() {
        return VertxContext.getRootContext(vertx.getOrCreateContext());
    }
}
