package org.memoryqueue.maintenance;

import io.smallrye.mutiny.Uni;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.DueJob;
import org.memoryqueue.dispatch.IndexContents;
import org.memoryqueue.dispatch.StreamEntry;
import org.memoryqueue.job.Priority;

/** Puts one stream right, once: reads it and removes what does not belong in it, then adds what is missing. */
final class StreamPass {

    private static final int PAGE = 2_000;

    private final Priority stream;
    private final OffsetDateTime dueBefore;
    private final DueJobs dueJobs;
    private final DueIndex index;
    private final IndexContents contents;
    private final RepairCount count;
    private IdWindow present = new IdWindow(0);
    private @Nullable String lastRead;
    private long nextDue;

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
        return dueJobs.oldest(stream).flatMap(oldest -> repair(new IdWindow(oldest.orElse(0L))));
    }

    /** For the jobs of one window; the stream is read again for each further one. */
    private Uni<Void> repair(IdWindow window) {
        present = window;
        return contents.newest(stream)
                .flatMap(newest -> newest.isPresent()
                        ? readUpTo(newest.get())
                        : Uni.createFrom().voidItem())
                .flatMap(read -> addMissing(window.from()))
                .flatMap(
                        added -> present.covers(nextDue) ? Uni.createFrom().voidItem() : repair(new IdWindow(nextDue)));
    }

    private Uni<Void> readUpTo(String newest) {
        lastRead = null;
        return Uni.createFrom()
                .deferred(() -> contents.page(stream, lastRead, newest, PAGE).call(this::removeDead))
                .repeat()
                .whilst(page -> page.size() == PAGE)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> removeDead(List<StreamEntry> page) {
        if (page.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        lastRead = page.getLast().entryId();
        return dueJobs.strangers(stream, page.stream().map(StreamEntry::jobId).toList())
                .flatMap(strangers -> {
                    List<StreamEntry> dead = new ArrayList<>();
                    for (StreamEntry entry : page) {
                        if (strangers.contains(entry.jobId()) || present.add(entry.jobId())) {
                            dead.add(entry);
                        }
                    }
                    return dead.isEmpty() ? Uni.createFrom().voidItem() : remove(dead);
                });
    }

    private Uni<Void> remove(List<StreamEntry> dead) {
        return contents.remove(stream, dead)
                .invoke(removed -> count.removed(removed))
                .replaceWithVoid();
    }

    private Uni<Void> addMissing(long from) {
        nextDue = from;
        return Uni.createFrom()
                .deferred(this::addPage)
                .repeat()
                .whilst(more -> more)
                .onItem()
                .ignoreAsUni();
    }

    /** Whether there are more in the window. */
    private Uni<Boolean> addPage() {
        return dueJobs.page(stream, nextDue, dueBefore, PAGE).flatMap(due -> {
            List<DueJob> covered =
                    due.stream().takeWhile(job -> present.covers(job.id())).toList();
            if (covered.size() < due.size()) {
                nextDue = due.get(covered.size()).id();
            } else if (!due.isEmpty()) {
                nextDue = due.getLast().id() + 1;
            }
            return add(covered.stream()
                            .filter(job -> !present.contains(job.id()))
                            .toList())
                    .replaceWith(covered.size() == PAGE);
        });
    }

    /** Redis may have forgotten the groups along with the entries. */
    private Uni<Void> add(List<DueJob> missing) {
        return missing.isEmpty()
                ? Uni.createFrom().voidItem()
                : index.createGroups()
                        .flatMap(created -> index.add(missing))
                        .invoke(added -> count.added(missing.size()));
    }
}
