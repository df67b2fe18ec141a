package org.memoryqueue.maintenance;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.DueJob;
import org.memoryqueue.status.QueueCounts;
import org.memoryqueue.status.QueueCountsReader;

/**
 * Adds jobs to the index that are due in Postgres and not in it: after Redis lost its data, or an API died between its
 * commit and its message to the index. It looks closer only when the index has been too short twice in a row.
 */
@Singleton
final class IndexRepair {

    private static final Logger LOG = Logger.getLogger(IndexRepair.class);
    private static final int PAGE = 5_000;

    private final QueueCountsReader counts;
    private final DueJobs dueJobs;
    private final DueIndex index;
    private final MaintenanceConfig config;
    private boolean wasShort;

    IndexRepair(QueueCountsReader counts, DueJobs dueJobs, DueIndex index, MaintenanceConfig config) {
        this.counts = counts;
        this.dueJobs = dueJobs;
        this.index = index;
        this.config = config;
    }

    Uni<Void> repair() {
        return Uni.combine()
                .all()
                .unis(counts.read(), index.length())
                .with(IndexRepair::isShort)
                .flatMap(isShort -> {
                    boolean twice = isShort && wasShort;
                    wasShort = isShort;
                    return twice ? addMissing() : Uni.createFrom().voidItem();
                });
    }

    private static boolean isShort(QueueCounts counts, long length) {
        return length < counts.waitingTotal() + counts.active();
    }

    /** The time is taken before the index is read, so that a job that comes in between is not taken for missing. */
    private Uni<Void> addMissing() {
        return dueJobs.now()
                .flatMap(now -> index.jobIds().flatMap(present -> addPage(0, now.minus(config.grace()), present, 0)))
                .invoke(added -> LOG.infof("%d due jobs were not in the index and have been added", added))
                .replaceWithVoid();
    }

    private Uni<Integer> addPage(long after, OffsetDateTime dueBefore, Set<Long> present, int added) {
        return dueJobs.page(after, dueBefore, PAGE).flatMap(due -> {
            List<DueJob> missing =
                    due.stream().filter(job -> !present.contains(job.id())).toList();
            Uni<Void> add = index.add(missing);
            int soFar = added + missing.size();
            return due.size() < PAGE
                    ? add.replaceWith(soFar)
                    : add.flatMap(done -> addPage(due.getLast().id(), dueBefore, present, soFar));
        });
    }
}
