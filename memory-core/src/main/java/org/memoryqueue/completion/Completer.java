package org.memoryqueue.completion;

import static java.util.Objects.requireNonNull;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.memoryqueue.commit.GroupCommit;
import org.memoryqueue.commit.GroupCommits;
import org.memoryqueue.job.JobState;
import org.memoryqueue.memory.MemoryWriter;
import org.memoryqueue.memory.NewMemory;
import org.memoryqueue.memory.Preference;
import org.memoryqueue.memory.WrittenMemory;
import org.memoryqueue.profile.Contribution;
import org.memoryqueue.profile.ProfileWriter;
import org.memoryqueue.transcript.Session;

/**
 * Completes jobs: memory, profile and state of the job change in one transaction, and only while the lease is the
 * newest. Finished jobs share transactions. Locks are taken in one order (jobs by id, memories by session, profiles by
 * student, counters last), so that batches do not deadlock.
 */
@Singleton
public final class Completer {

    // A job that is completed under this very token was completed by an earlier try whose reply was lost.
    // The locks that follow are held for milliseconds, unless their holder is frozen: then the others of the batch must
    // not wait for long with the one that needs them.
    private static final String FENCE = """
            SELECT j.id, j.lease_token, j.state, set_config('lock_timeout', '1s', true)
              FROM memory.memory_job j
              JOIN unnest($1::bigint[], $2::bigint[]) AS held (id, token) ON j.id = held.id
             WHERE j.lease_token = held.token AND j.state IN ('running', 'completed')
             ORDER BY j.id
               FOR UPDATE OF j
            """;

    private static final String COMPLETE = """
            UPDATE memory.memory_job j
               SET state = 'completed', memory_id = done.memory_id, finished_at = now(),
                   lease_owner = NULL, lease_until = NULL
              FROM unnest($1::bigint[], $2::uuid[]) AS done (id, memory_id)
             WHERE j.id = done.id
            """;

    private final Pool pool;
    private final MemoryWriter memories;
    private final ProfileWriter profiles;
    private final GroupCommit<Completion, CompletionOutcome> completions;

    Completer(Pool pool, MemoryWriter memories, ProfileWriter profiles, GroupCommits commits) {
        this.pool = pool;
        this.memories = memories;
        this.profiles = profiles;
        this.completions = commits.create(this::completeAll);
    }

    /**
     * Completes a job. When it fails, the outcome is open, and the call may be repeated: what an earlier try committed
     * is recognised by its token.
     */
    public Uni<CompletionOutcome> complete(Completion completion) {
        return completions.submit(completion);
    }

    private Uni<List<CompletionOutcome>> completeAll(List<Completion> batch) {
        return pool.withTransaction(connection ->
                        fence(connection, batch).call(fenced -> store(connection, running(batch, fenced))))
                .map(fenced -> batch.stream()
                        .map(completion -> fenced.containsKey(Held.of(completion))
                                ? CompletionOutcome.COMMITTED
                                : CompletionOutcome.STALE)
                        .toList());
    }

    private record Held(long jobId, long token) {

        static Held of(Completion completion) {
            return new Held(completion.lease().jobId(), completion.lease().token());
        }
    }

    /** Locks the jobs whose leases are the newest, and returns their states. */
    private static Uni<Map<Held, JobState>> fence(SqlClient client, List<Completion> batch) {
        return client.preparedQuery(FENCE)
                .execute(Tuple.of(
                        batch.stream().map(c -> c.lease().jobId()).toArray(Long[]::new),
                        batch.stream().map(c -> c.lease().token()).toArray(Long[]::new)))
                .map(rows -> {
                    Map<Held, JobState> fenced = new HashMap<>();
                    rows.forEach(row -> fenced.put(
                            new Held(row.getLong("id"), row.getLong("lease_token")),
                            JobState.ofWord(row.getString("state"))));
                    return fenced;
                });
    }

    /** The completions that are still to be stored, each job once. */
    private static Collection<Completion> running(List<Completion> batch, Map<Held, JobState> fenced) {
        Map<Held, Completion> running = new LinkedHashMap<>();
        for (Completion completion : batch) {
            if (fenced.get(Held.of(completion)) == JobState.RUNNING) {
                running.putIfAbsent(Held.of(completion), completion);
            }
        }
        return running.values();
    }

    private Uni<Void> store(SqlClient client, Collection<Completion> completions) {
        if (completions.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Collection<Completion> newest = newestOfEachSession(completions);
        return memories.write(client, newest.stream().map(Completer::newMemory).toList())
                .call(written -> profiles.apply(client, contributions(newest, written)))
                .flatMap(written -> complete(client, completions, written));
    }

    /** Of two revisions of one session in a batch only the newer has effects: that of the later job. */
    private static Collection<Completion> newestOfEachSession(Collection<Completion> completions) {
        Map<Session, Completion> newest = new LinkedHashMap<>();
        for (Completion completion : completions) {
            newest.merge(
                    session(completion),
                    completion,
                    (a, b) -> a.lease().jobId() >= b.lease().jobId() ? a : b);
        }
        return newest.values();
    }

    private static NewMemory newMemory(Completion completion) {
        return new NewMemory(UUID.randomUUID(), completion.lease().jobId(), session(completion), completion.summary());
    }

    private static List<Contribution.Change> contributions(
            Collection<Completion> completions, Map<Session, WrittenMemory> written) {
        return completions.stream()
                .map(completion -> {
                    WrittenMemory memory = requireNonNull(written.get(session(completion)));
                    return new Contribution.Change(
                            session(completion).studentId(),
                            session(completion).chatbotId(),
                            new Contribution(
                                    session(completion).roomId(),
                                    completion.lease().acceptedAt(),
                                    completion.lease().transcript().studentMessageCount(),
                                    completion.summary().observations(),
                                    wishes(completion)),
                            switch (memory.change()) {
                                case ADDED -> Contribution.Kind.NEW;
                                case REPLACED -> Contribution.Kind.REPLACES_ANOTHER;
                                case KEPT -> Contribution.Kind.NONE;
                            });
                })
                .filter(change -> change.kind() != Contribution.Kind.NONE)
                .toList();
    }

    private static Set<Preference.Wish> wishes(Completion completion) {
        return completion.summary().preferences().stream().map(Preference::wish).collect(Collectors.toSet());
    }

    private static Uni<Void> complete(
            SqlClient client, Collection<Completion> completions, Map<Session, WrittenMemory> written) {
        return client.preparedQuery(COMPLETE)
                .execute(Tuple.of(
                        completions.stream().map(c -> c.lease().jobId()).toArray(Long[]::new),
                        completions.stream()
                                .map(c ->
                                        requireNonNull(written.get(session(c))).id())
                                .toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    private static Session session(Completion completion) {
        return completion.lease().transcript().session();
    }
}
