package org.memoryqueue.dispatch;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.memoryqueue.dispatch.DispatchConfig.Dispatch;

/**
 * Tells those who watch jobs that one has changed, through a short stream in Redis. It says only which: how it stands is
 * read from Postgres. A message may be lost, so whoever watches looks by themselves from time to time.
 */
@Singleton
public final class JobChanges {

    private static final Logger LOG = Logger.getLogger(JobChanges.class);

    /** What is announced within this time goes out together. */
    private static final Duration GATHER = Duration.ofMillis(20);

    /** More than any watcher falls behind by within a second. */
    private static final int MESSAGES_KEPT = 1_000;

    private static final int MAX_WAITING = 10_000;

    /** Before all messages. */
    private static final String NONE = "0-0";

    private final Vertx vertx;
    private final TimedRedis redis;
    private final boolean isUsed;
    private final Set<Long> waiting = new LinkedHashSet<>();

    JobChanges(Vertx vertx, ReactiveRedisDataSource redis, DispatchConfig config) {
        this.vertx = vertx;
        this.redis = new TimedRedis(redis.getRedis());
        this.isUsed = config.dispatch() == Dispatch.AUTO;
    }

    /**
     * What has changed.
     *
     * @param last the newest message that was read, to go on from
     * @param jobs the jobs that have changed
     */
    public record Changes(String last, Set<Long> jobs) {}

    /** Whether changes are announced at all; not where jobs are always taken straight from Postgres. */
    public boolean areAnnounced() {
        return isUsed;
    }

    /** Announces that a job has changed; call it after the commit. Returns at once. */
    public void announce(long jobId) {
        if (!isUsed) {
            return;
        }
        boolean first;
        synchronized (waiting) {
            first = waiting.isEmpty();
            if (waiting.size() < MAX_WAITING) {
                waiting.add(jobId);
            }
        }
        if (first) {
            vertx.setTimer(GATHER.toMillis(), timer -> send());
        }
    }

    private void send() {
        String jobs;
        synchronized (waiting) {
            jobs = waiting.stream().map(String::valueOf).collect(Collectors.joining(","));
            waiting.clear();
        }
        redis.send(Request.cmd(Command.XADD)
                        .arg(StreamKeys.CHANGES)
                        .arg("MAXLEN")
                        .arg("~")
                        .arg(MESSAGES_KEPT)
                        .arg("*")
                        .arg(StreamKeys.FIELD)
                        .arg(jobs))
                .subscribe()
                .with(sent -> {}, failure -> LOG.debugf("Watchers do not hear of changed jobs: %s", failure));
    }

    /** The newest message, to go on from. */
    public Uni<String> newest() {
        return redis.send(Request.cmd(Command.XREVRANGE)
                        .arg(StreamKeys.CHANGES)
                        .arg("+")
                        .arg("-")
                        .arg("COUNT")
                        .arg(1))
                .map(reply -> reply.size() == 0 ? NONE : reply.get(0).get(0).toString());
    }

    /**
     * Waits for changes, on a connection of its own meanwhile.
     *
     * @param after the message to go on from
     * @param patience how long to wait
     * @return what has changed; no jobs when the patience ends
     */
    public Uni<Changes> next(String after, Duration patience) {
        Request request = Request.cmd(Command.XREAD)
                .arg("BLOCK")
                .arg(patience.toMillis())
                .arg("STREAMS")
                .arg(StreamKeys.CHANGES)
                .arg(after);
        return redis.send(request, patience.plus(TimedRedis.PATIENCE), late -> {})
                .map(reply -> reply == null
                        ? new Changes(after, Set.of())
                        : changes(reply.get(0).get(1)));
    }

    private static Changes changes(Response messages) {
        Set<Long> jobs = new LinkedHashSet<>();
        String last = NONE;
        for (Response message : messages) {
            last = message.get(0).toString();
            Stream.of(message.get(1).get(1).toString().split(","))
                    .map(Long::valueOf)
                    .forEach(jobs::add);
        }
        return new Changes(last, jobs);
    }
}
