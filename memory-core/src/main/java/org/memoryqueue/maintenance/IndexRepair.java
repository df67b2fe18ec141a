package org.memoryqueue.maintenance;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.IndexContents;
import org.memoryqueue.job.Priority;
import org.memoryqueue.maintenance.PassSchedule.Look;

/**
 * Makes the index agree with Postgres again: after Redis lost its data or was full, or an API died between its commit and
 * its message to the index. Each round takes a quick look; when that shows cause, or after a minute, a pass reads the
 * whole index.
 *
 * <p>A pass needs no lock, since whoever changes a job tells the index after the commit:
 *
 * <ul>
 *   <li>An entry is removed when its job, as Postgres says after the entry was read, neither waits nor runs in that
 *       priority. Should the job come back at that very moment (retried, promoted, moved to another priority and back), it
 *       gets an entry with an id of its own, which this pass does not touch: entries are removed by their ids.
 *   <li>Of two entries of a job the later is removed, and only entries that were there when the pass began to read count:
 *       a newer one may be the only one, if the older was acknowledged meanwhile. A job that runs keeps its older entry;
 *       when that is not the one its worker holds, the worker renews and acknowledges nothing, which is no error.
 *   <li>A job is added when it has been due for longer than the grace time and no entry was read. Its message may be on
 *       its way all the same (a late commit, a change of priority, a lost lease): then it has two entries for a while.
 *       The worker that meets the second finds the job held or ended.
 *   <li>Whatever a pass gets wrong in such a moment, the next one puts right.
 * </ul>
 *
 * <p>A pass leaves a mark in Redis before it reads. While the mark is there, Redis has not been emptied since; without
 * it, or with that of another leader, a pass begins at once.
 */
@Singleton
final class IndexRepair {

    private static final Logger LOG = Logger.getLogger(IndexRepair.class);

    private final DueJobs dueJobs;
    private final DueIndex index;
    private final IndexContents contents;
    private final MeterRegistry metrics;
    private final MaintenanceConfig config;
    private final PassSchedule schedule;
    private String mark = "none yet";

    IndexRepair(
            DueJobs dueJobs, DueIndex index, IndexContents contents, MeterRegistry metrics, MaintenanceConfig config) {
        this.dueJobs = dueJobs;
        this.index = index;
        this.contents = contents;
        this.metrics = metrics;
        this.config = config;
        this.schedule = new PassSchedule(config.fullPass());
    }

    /** One round. Fails while a store cannot serve. */
    Uni<Void> repair() {
        return look().flatMap(look -> schedule.isDue(look, System.nanoTime())
                ? pass()
                : Uni.createFrom().voidItem());
    }

    private Uni<Look> look() {
        return Uni.combine()
                .all()
                .unis(contents.bears(mark), dueJobs.count(), index.lengths())
                .with(Look::new);
    }

    /** A mark that cannot be left, since Redis is full, does not keep dead entries from being removed. */
    private Uni<Void> pass() {
        long began = System.nanoTime();
        RepairCount count = new RepairCount(metrics);
        String newMark = UUID.randomUUID().toString();
        return contents.mark(newMark)
                .onItemOrFailure()
                .transformToUni((marked, unmarked) -> readAll(count)
                        .flatMap(read -> unmarked == null
                                ? Uni.createFrom().voidItem()
                                : Uni.createFrom().failure(unmarked)))
                .invoke(done -> mark = newMark)
                .onTermination()
                .invoke((done, failure, cancelled) -> {
                    schedule.ended(failure == null && !cancelled, began, System.nanoTime());
                    report(count);
                });
    }

    /** All streams, also when one cannot be added to: what is removed from the others may make room. */
    private Uni<Void> readAll(RepairCount count) {
        return dueJobs.now()
                .map(now -> now.minus(config.grace()))
                .flatMap(dueBefore -> Multi.createFrom()
                        .iterable(Priority.ALL)
                        .onItem()
                        .transformToUni(stream -> pass(stream, dueBefore, count))
                        .collectFailures()
                        .concatenate()
                        .onItem()
                        .ignoreAsUni());
    }

    private Uni<Void> pass(Priority stream, OffsetDateTime dueBefore, RepairCount count) {
        return new StreamPass(stream, dueBefore, dueJobs, index, contents, count).run();
    }

    /** Removals are no news: under load a pass overtakes some workers that are about to acknowledge. */
    private static void report(RepairCount count) {
        if (count.added() > 0) {
            LOG.infof("%d due jobs were not in the index and have been added", count.added());
        }
        LOG.debugf("%d entries that did not belong in the index have been removed", count.removed());
    }
}
