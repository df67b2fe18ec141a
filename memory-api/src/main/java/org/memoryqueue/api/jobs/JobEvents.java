package org.memoryqueue.api.jobs;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.problem.ProblemException;
import org.memoryqueue.status.JobReader;
import org.memoryqueue.status.JobRow;

/** Follows jobs until they end. */
@Singleton
final class JobEvents {

    private final JobReader jobs;
    private final ChangeFeed feed;
    private final EventsConfig config;
    private final AtomicInteger open = new AtomicInteger();

    JobEvents(JobReader jobs, ChangeFeed feed, EventsConfig config, MeterRegistry metrics) {
        this.jobs = jobs;
        this.feed = feed;
        this.config = config;
        Gauge.builder("memory.events.streams", open, AtomicInteger::get).register(metrics);
    }

    /** How far one stream is. */
    private static final class Progress {
        private final ChangeFeed.Watch watch;
        private @Nullable JobView shown;
        private long sentAt = System.nanoTime();
        private boolean ended;

        Progress(ChangeFeed.Watch watch) {
            this.watch = watch;
        }
    }

    /** Fails with 429 when too many jobs are watched already. */
    void mustHaveRoom() {
        if (open.get() >= config.maxStreams()) {
            throw ProblemException.tooMany("Too many jobs are watched");
        }
    }

    /**
     * A job as it stands, and again after each change, until it ends, is gone, or the stream has lasted long enough. An
     * empty item says only that the stream is alive.
     */
    Multi<Optional<JobView>> follow(JobRow first) {
        // Nothing is counted nor watched for a stream that nobody begins to read.
        return Multi.createFrom().deferred(() -> begin(first));
    }

    private Multi<Optional<JobView>> begin(JobRow first) {
        open.incrementAndGet();
        Progress progress = new Progress(feed.open(first.id()));
        Multi<Optional<JobView>> later = Multi.createBy()
                .repeating()
                .uni(() -> look(first.id(), progress))
                .whilst(item -> !progress.ended)
                .select()
                .where(item -> isDue(item, progress));
        return Multi.createBy()
                .concatenating()
                .streams(show(first, progress), later)
                .select()
                .first(config.maxDuration())
                .onTermination()
                .invoke(() -> {
                    progress.watch.close();
                    open.decrementAndGet();
                });
    }

    private Multi<Optional<JobView>> show(JobRow first, Progress progress) {
        return Multi.createFrom().item(() -> view(first, progress));
    }

    /** Looks once more, when there is reason to; empty where nothing has changed. */
    private Uni<Optional<JobView>> look(long jobId, Progress progress) {
        if (progress.ended) {
            return Uni.createFrom().item(Optional.empty());
        }
        return progress.watch
                .next()
                .flatMap(told -> jobs.find(jobId).map(found -> {
                    progress.ended = found.isEmpty();
                    return found.flatMap(job -> view(job, progress));
                }))
                // The database is away: what is shown still holds.
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    private static Optional<JobView> view(JobRow job, Progress progress) {
        JobView view = JobView.of(job);
        progress.ended = job.state().isTerminal();
        if (view.equals(progress.shown)) {
            return Optional.empty();
        }
        progress.shown = view;
        return Optional.of(view);
    }

    private boolean isDue(Optional<JobView> item, Progress progress) {
        long now = System.nanoTime();
        if (item.isEmpty() && now - progress.sentAt < config.heartbeat().toNanos()) {
            return false;
        }
        progress.sentAt = now;
        return true;
    }
}
