package org.memoryqueue.maintenance;

import io.smallrye.mutiny.Uni;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.DueJob;
import org.memoryqueue.dispatch.IndexContents;
import org.memoryqueue.dispatch.StreamEntry;
import org.memoryqueue.job.Priority;

/**
 * Puts one stream right, once: notes what waits, reads the stream, removes from it what does not belong in it, and adds
 * what is missing. What was noted serves only to find out about which few entries and jobs Postgres must be asked, after
 * the stream was read.
 */
final class StreamPass {

    private static final int JOBS = 5_000;
    private static final int ENTRIES = 2_000;

    private final Priority stream;
    private final OffsetDateTime dueBefore;
    private final DueJobs dueJobs;
    private final DueIndex index;
    private final IndexContents contents;
    private final RepairCount count;
    private IdWindow waiting = new IdWindow(0);
    private IdWindow present = new IdWindow(0);
    private long nextJob;
    private @Nullable String lastEntry;

    /** @param dueBefore jobs that have been due since before that time, of Postgres, are added when they are missing */
    StreamPass(
            Priority stream,
            OffsetDateTime dueBefore,
            DueJobs dueJobs,
            DueIndex index,
            IndexContents contents,
            RepairCount count) {
        this.stream = stream;
        this.dueBefore = dueBefore;
        this.dueJobs = dueJobs;
        this.index = index;
        this.contents = contents;
        this.count = count;
    }

    Uni<Void> run() {
        return dueJobs.oldest(stream).flatMap(oldest -> repairFrom(oldest.orElse(0L)));
    }

    /** For the jobs of one window; the stream is read again for each further one. */
    private Uni<Void> repairFrom(long job) {
        waiting = new IdWindow(job);
        present = new IdWindow(job);
        nextJob = job;
        lastEntry = null;
        return inPages(noteWaiting())
                .flatMap(noted -> contents.newest(stream))
                .flatMap(newest -> newest.isPresent()
                        ? inPages(readEntries(newest.get()))
                        : Uni.createFrom().voidItem())
                .invoke(read -> waiting.removeAll(present))
                .flatMap(missing -> inPages(addMissing()))
                .flatMap(added -> waiting.covers(nextJob) ? Uni.createFrom().voidItem() : repairFrom(nextJob));
    }

    /** Repeats a step until it says that it was the last; not by recursion, which would end at some depth. */
    private static Uni<Void> inPages(Uni<Boolean> step) {
        return step.repeat().whilst(more -> more).onItem().ignoreAsUni();
    }

    private Uni<Boolean> noteWaiting() {
        return Uni.createFrom()
                .deferred(() -> dueJobs.page(stream, nextJob, JOBS))
                .map(jobs -> {
                    for (long job : jobs) {
                        nextJob = job;
                        if (!waiting.covers(job)) {
                            return false;
                        }
                        waiting.add(job);
                        nextJob = job + 1;
                    }
                    return jobs.size() == JOBS;
                });
    }

    private Uni<Boolean> readEntries(String newest) {
        return Uni.createFrom()
                .deferred(() -> contents.page(stream, lastEntry, newest, ENTRIES))
                .call(this::removeDead)
                .map(page -> page.size() == ENTRIES);
    }

    private Uni<Void> removeDead(List<StreamEntry> page) {
        if (page.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        lastEntry = page.getLast().entryId();
        return strangers(page).flatMap(strangers -> {
            List<StreamEntry> dead = new ArrayList<>();
            for (StreamEntry entry : page) {
                if (strangers.contains(entry.jobId()) || present.add(entry.jobId())) {
                    dead.add(entry);
                }
            }
            return dead.isEmpty() ? Uni.createFrom().voidItem() : remove(dead);
        });
    }

    private Uni<Set<Long>> strangers(List<StreamEntry> page) {
        List<Long> unknown = page.stream()
                .map(StreamEntry::jobId)
                .filter(job -> !waiting.contains(job))
                .toList();
        return unknown.isEmpty() ? Uni.createFrom().item(Set.of()) : dueJobs.strangers(stream, unknown);
    }

    private Uni<Void> remove(List<StreamEntry> dead) {
        return contents.remove(stream, dead)
                .invoke(removed -> count.removed(removed))
                .replaceWithVoid();
    }

    private Uni<Boolean> addMissing() {
        return Uni.createFrom().deferred(() -> {
            List<Long> missing = waiting.poll(ENTRIES);
            return missing.isEmpty()
                    ? Uni.createFrom().item(false)
                    : dueJobs.overdue(stream, missing, dueBefore)
                            .flatMap(this::add)
                            .replaceWith(true);
        });
    }

    /** Redis may have forgotten the groups along with the entries. */
    private Uni<Void> add(List<Long> jobs) {
        return jobs.isEmpty()
                ? Uni.createFrom().voidItem()
                : index.createGroups()
                        .flatMap(created -> index.add(jobs.stream()
                                .map(job -> new DueJob(job, stream))
                                .toList()))
                        .invoke(added -> count.added(jobs.size()));
    }
}
