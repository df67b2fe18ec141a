package org.memoryqueue.process;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.database.Schema;

/** Tells in the database that this process is at work, and reads who else is. */
@Singleton
public final class Processes {

    private static final Logger LOG = Logger.getLogger(Processes.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String REPORT = """
            INSERT INTO memory.process AS p (id, service, pool_size, slots, dispatch) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (id) DO UPDATE SET slots = excluded.slots, dispatch = excluded.dispatch, seen_at = now()
            """;
    private static final String FORGET = "DELETE FROM memory.process WHERE seen_at < now() - interval '1 minute'";
    private static final String AT_WORK = """
            SELECT service, pool_size, slots, dispatch FROM memory.process
             WHERE seen_at > now() - interval '15 seconds'
             ORDER BY service, started_at, id
            """;

    private final Pool pool;
    private final Schema schema;
    private final String id = UUID.randomUUID().toString();
    private final String service;
    private final int poolSize;
    private volatile @Nullable Integer slots;
    private volatile @Nullable String dispatch;

    Processes(Pool pool, Schema schema, ProcessConfig config) {
        this.pool = pool;
        this.schema = schema;
        this.service = config.service();
        this.poolSize = config.poolSize();
    }

    /** Says of this process that it is a worker. */
    public void isWorker(int withSlots, String takingJobsFrom) {
        this.slots = withSlots;
        this.dispatch = takingJobsFrom;
    }

    /** Tells that this process is at work. Never fails. */
    @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> report() {
        return schema.isMigrated()
                .flatMap(migrated -> migrated ? write() : Uni.createFrom().voidItem())
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.debugf("The database does not know that this process is at work: %s", failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> write() {
        return pool.preparedQuery(REPORT)
                .execute(Tuple.of(id, service, poolSize, slots, dispatch))
                .replaceWithVoid();
    }

    /** Forgets those that have not been seen for a minute. */
    public Uni<Void> forgetTheGone() {
        return pool.query(FORGET).execute().replaceWithVoid();
    }

    /** Those that are at work. */
    public Uni<List<WorkingProcess>> atWork() {
        return pool.query(AT_WORK).execute().map(rows -> {
            List<WorkingProcess> processes = new ArrayList<>();
            rows.forEach(row -> processes.add(new WorkingProcess(
                    row.getString("service"),
                    row.getInteger("pool_size"),
                    row.getInteger("slots"),
                    row.getString("dispatch"))));
            return processes;
        });
    }
}
