package org.memoryqueue.worker.dispatch;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.memoryqueue.database.Schema;
import org.memoryqueue.lease.LeaseConfig;
import org.memoryqueue.worker.attempt.LeaseRenewal;
import org.memoryqueue.worker.attempt.Shutdown;
import org.memoryqueue.worker.attempt.WorkerConfig;

/** The loop that outlives its own failures: it turns until the worker is told to stop. */
@Singleton
public final class WorkLoop {

    private static final Logger LOG = Logger.getLogger(WorkLoop.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Schema schema;
    private final Dispatcher dispatcher;
    private final LeaseRenewal renewal;
    private final Orders orders;
    private final DispatchMode mode;
    private final Shutdown shutdown;
    private final Consumer consumer;
    private final Heartbeat heartbeat;
    private final Duration renewEvery;
    private final Duration stopWithin;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean stopping;
    private volatile boolean migrated;
    private volatile boolean inTrouble;

    WorkLoop(
            Vertx vertx,
            Schema schema,
            Dispatcher dispatcher,
            LeaseRenewal renewal,
            Orders orders,
            DispatchMode mode,
            Shutdown shutdown,
            Consumer consumer,
            Heartbeat heartbeat,
            LeaseConfig leases,
            WorkerConfig config) {
        this.vertx = vertx;
        this.schema = schema;
        this.dispatcher = dispatcher;
        this.renewal = renewal;
        this.orders = orders;
        this.mode = mode;
        this.shutdown = shutdown;
        this.consumer = consumer;
        this.heartbeat = heartbeat;
        this.renewEvery = leases.duration().dividedBy(3);
        this.stopWithin = config.shutdownGrace().plusSeconds(5);
    }

    /** Whether the loop still runs. */
    public boolean isRunning() {
        return !stopping && !ended.isDone();
    }

    /** Whether the schema has been seen to be migrated, so that work could begin. */
    public boolean hasStarted() {
        return migrated;
    }

    void start(@Observes StartupEvent event) {
        vertx.getOrCreateContext()
                .runOnContext(ignored -> Uni.createFrom()
                        .deferred(this::turn)
                        .repeat()
                        .whilst(turned -> !stopping)
                        .onItem()
                        .ignoreAsUni()
                        .subscribe()
                        .with(ended::complete, ended::completeExceptionally));
        renewAfter(renewEvery);
        lookAfter(LOOK_EVERY, () -> migrated ? orders.look() : Uni.createFrom().voidItem());
        lookAfter(LOOK_EVERY, mode::look);
    }

    /** Looks again and again, never twice at once, and beside the loop: a store that hangs must not hold up the turns. */
    private void lookAfter(Duration delay, Supplier<Uni<Void>> look) {
        vertx.setTimer(
                delay.toMillis(),
                ignored -> Uni.createFrom()
                        .deferred(look::get)
                        .subscribe()
                        .with(looked -> lookAfter(delay, look), failure -> {
                            LOG.errorf(failure, "Looking failed");
                            lookAfter(delay, look);
                        }));
    }

    /**
     * One timer for all leases. What could not be renewed is tried again soon: after an outage of Postgres there is a third
     * of a lease to do it, and one try takes half of that at most.
     */
    private void renewAfter(Duration delay) {
        vertx.setTimer(
                delay.toMillis(),
                ignored -> Uni.createFrom()
                        .deferred(() -> renewal.renew(consumer.name()))
                        .subscribe()
                        .with(renewed -> renewAfter(renewEvery), failure -> {
                            LOG.warnf("Leases cannot be renewed: %s", failure);
                            renewAfter(renewEvery.dividedBy(10));
                        }));
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        awaitLastTurn();
        try {
            dispatcher
                    .leave()
                    .flatMap(left -> shutdown.finishOrRelease(consumer.name()))
                    .await()
                    .atMost(stopWithin);
        } catch (io.smallrye.mutiny.TimeoutException e) {
            LOG.warn("What is held could not be released in time, and is left to its leases");
        }
    }

    private void awaitLastTurn() {
        try {
            ended.get(Heartbeat.MAX_TURN.toSeconds() + 2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("The last turn of the loop did not end in time: %s", e);
        }
    }

    /** Never fails, so that the loop goes on. */
    private Uni<Boolean> turn() {
        heartbeat.beat();
        return awaitSchema()
                .flatMap(ready -> dispatcher.turn())
                .ifNoItem()
                .after(Heartbeat.MAX_TURN)
                .fail()
                .invoke(this::turned)
                .replaceWith(true)
                .onFailure()
                .invoke(this::troubled)
                .onFailure()
                .recoverWithUni(Uni.createFrom().item(false).onItem().delayIt().by(PAUSE_AFTER_FAILURE));
    }

    private Uni<Void> awaitSchema() {
        if (migrated) {
            return Uni.createFrom().voidItem();
        }
        return schema.isMigrated()
                .invoke(done -> migrated = done)
                .onItem()
                .transformToUni(done -> done
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(new IllegalStateException("the schema is not migrated yet")));
    }

    private void turned() {
        if (inTrouble) {
            inTrouble = false;
            LOG.info("The loop is working again");
        }
    }

    /** Says so once, not at every turn of an outage. */
    private void troubled(Throwable failure) {
        if (!inTrouble) {
            inTrouble = true;
            LOG.warnf("The loop is in trouble, and goes on trying: %s", failure);
        }
    }
}
