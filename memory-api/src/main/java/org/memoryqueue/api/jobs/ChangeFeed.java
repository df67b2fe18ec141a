package org.memoryqueue.api.jobs;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.dispatch.JobChanges;

/** Wakes those who watch jobs when these change, as Redis tells. Listens only while somebody watches. */
@Singleton
final class ChangeFeed {

    private static final Logger LOG = Logger.getLogger(ChangeFeed.class);

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final JobChanges changes;
    private final EventsConfig config;
    private final Map<Long, Set<Watch>> watches = new ConcurrentHashMap<>();
    private final AtomicBoolean listening = new AtomicBoolean();
    private volatile boolean live;

    ChangeFeed(Vertx vertx, JobChanges changes, EventsConfig config) {
        this.vertx = vertx;
        this.changes = changes;
        this.config = config;
    }

    /** Somebody who watches a job. Waits for one thing at a time. */
    final class Watch {

        private final long jobId;
        private boolean rung;
        private @Nullable UniEmitter<? super Boolean> waiting;

        private Watch(long jobId) {
            this.jobId = jobId;
        }

        /** Waits until the job may have changed: because that was told, or because it is time to look. */
        Uni<Boolean> next() {
            Uni<Boolean> told = Uni.createFrom().<Boolean>emitter(this::await);
            return told.ifNoItem()
                    .after(live ? config.lookAnyway() : config.poll())
                    .recoverWithItem(false);
        }

        private synchronized void await(UniEmitter<? super Boolean> emitter) {
            if (rung) {
                rung = false;
                emitter.complete(true);
            } else {
                waiting = emitter;
                emitter.onTermination(() -> forget(emitter));
            }
        }

        private synchronized void forget(UniEmitter<? super Boolean> emitter) {
            if (waiting == emitter) {
                waiting = null;
            }
        }

        private synchronized void ring() {
            if (waiting == null) {
                rung = true;
            } else {
                UniEmitter<? super Boolean> emitter = waiting;
                waiting = null;
                emitter.complete(true);
            }
        }

        void close() {
            watches.computeIfPresent(jobId, (id, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /** Begins to watch a job; to be closed. */
    Watch open(long jobId) {
        Watch watch = new Watch(jobId);
        watches.compute(jobId, (id, others) -> {
            Set<Watch> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(watch);
            return all;
        });
        startListening();
        return watch;
    }

    /** Goes on for longer than the request of whoever watches first, so not in its context. */
    private void startListening() {
        if (changes.areAnnounced() && listening.compareAndSet(false, true)) {
            VertxContext.getRootContext(vertx.getOrCreateContext()).runOnContext(ignored -> begin());
        }
    }

    private void begin() {
        changes.newest().subscribe().with(this::listen, this::pause);
    }

    private void listen(String last) {
        if (watches.isEmpty()) {
            stopListening();
            return;
        }
        live = true;
        changes.next(last, PATIENCE).subscribe().with(this::heard, this::pause);
    }

    private void pause(Throwable failure) {
        LOG.debugf("Changes of jobs are not heard of: %s", failure);
        live = false;
        vertx.setTimer(PAUSE.toMillis(), timer -> {
            // What came meanwhile is not known.
            watches.values().forEach(all -> all.forEach(Watch::ring));
            if (watches.isEmpty()) {
                stopListening();
            } else {
                begin();
            }
        });
    }

    private void heard(JobChanges.Changes heard) {
        heard.jobs().forEach(id -> watches.getOrDefault(id, Set.of()).forEach(Watch::ring));
        listen(heard.last());
    }

    private void stopListening() {
        live = false;
        listening.set(false);
        // Somebody may have come in this moment.
        if (!watches.isEmpty()) {
            startListening();
        }
    }
}
