package org.memoryqueue.intake;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.memoryqueue.commit.GroupCommit;
import org.memoryqueue.commit.GroupCommits;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.DueJob;
import org.memoryqueue.intake.KnownSession.Decision;
import org.memoryqueue.transcript.Session;

/**
 * Accepts sessions: makes each a row in Postgres, then tells the index. The answer follows the commit, never precedes
 * it; the index may fail to hear of it, since it is repaired.
 *
 * <p>New sessions share statements and commits. A session that is known already is looked at by itself: most often it is
 * a duplicate, which costs one read.
 */
@Singleton
public final class Enqueuer {

    private static final Logger LOG = Logger.getLogger(Enqueuer.class);

    /** How often a hand-in is tried when its session changes under it each time. */
    private static final int MAX_COLLISIONS = 10;

    private final Pool pool;
    private final DueIndex index;
    private final JobInsertion insertion;
    private final GroupCommit<Submission, Optional<DueJob>> newSessions;

    Enqueuer(Pool pool, DueIndex index, JobInsertion insertion, GroupCommits commits) {
        this.pool = pool;
        this.index = index;
        this.insertion = insertion;
        this.newSessions = commits.create(this::insertNew);
    }

    /** Accepts a session. Fails when it could not be made durable; it may then be handed in again at any time. */
    public Uni<Acceptance> enqueue(Submission submission) {
        return newSessions
                .submit(submission)
                .flatMap(inserted -> inserted.isPresent()
                        ? Uni.createFrom()
                                .item(new Acceptance.Queued(inserted.get().id()))
                        : acceptKnown(submission, 1));
    }

    private Uni<List<Optional<DueJob>>> insertNew(List<Submission> batch) {
        Map<Session, Submission> firstOfSession = new LinkedHashMap<>();
        // The first of a session takes its job below, too.
        batch.forEach(submission -> firstOfSession.putIfAbsent(submission.session(), submission));
        return insertion
                .insert(pool, firstOfSession.values(), 1)
                .invoke(inserted -> announce(List.copyOf(inserted.values())))
                .map(inserted -> batch.stream()
                        .map(submission -> Optional.ofNullable(inserted.remove(submission.session())))
                        .toList());
    }

    private Uni<Acceptance> acceptKnown(Submission submission, int attempt) {
        return Sessions.find(pool, submission.session())
                .flatMap(known -> switch (known.decide(submission.fingerprint())) {
                    case Decision.Known answered -> Uni.createFrom().item(answered.answer());
                    case Decision.TakeOver takeOver -> revise(submission, attempt);
                    case Decision.Replace replace -> revise(submission, attempt);
                });
    }

    private Uni<Acceptance> revise(Submission submission, int attempt) {
        if (attempt > MAX_COLLISIONS) {
            return Uni.createFrom().failure(new SessionContendedException());
        }
        return pool.withTransaction(connection -> Sessions.lock(connection, submission.session())
                        .flatMap(locked -> Sessions.find(connection, submission.session())
                                .flatMap(known -> known.hasCurrent(locked)
                                        ? apply(connection, submission, known.decide(submission.fingerprint()))
                                        : Uni.createFrom().item(Revision.OVERTAKEN))))
                .invoke(revision -> announce(revision.due().stream().toList()))
                .flatMap(revision -> revision.answer().isPresent()
                        ? Uni.createFrom().item(revision.answer().get())
                        : acceptKnown(submission, attempt + 1));
    }

    /** What was written: no answer when another hand-in of the session came first. */
    private record Revision(Optional<Acceptance> answer, Optional<DueJob> due) {

        static final Revision OVERTAKEN = new Revision(Optional.empty(), Optional.empty());

        static Revision queued(Optional<DueJob> due) {
            return new Revision(due.map(job -> new Acceptance.Queued(job.id())), due);
        }
    }

    private Uni<Revision> apply(SqlClient client, Submission submission, Decision decision) {
        return switch (decision) {
            case Decision.Known known ->
                Uni.createFrom().item(new Revision(Optional.of(known.answer()), Optional.empty()));
            case Decision.TakeOver(var job, int revision) ->
                insertion
                        .takeOver(client, job.id(), submission, revision)
                        .replaceWith(new Revision(
                                Optional.of(new Acceptance.Queued(job.id())),
                                job.priority() == submission.priority()
                                        ? Optional.empty()
                                        : Optional.of(new DueJob(job.id(), submission.priority()))));
            case Decision.Replace(var job, int revision) ->
                (job == null ? Uni.createFrom().voidItem() : insertion.supersede(client, job.id()))
                        .flatMap(done -> insertion.insert(client, List.of(submission), revision))
                        .map(inserted ->
                                Revision.queued(inserted.values().stream().findFirst()));
        };
    }

    /** Tells the index after the commit. Nobody waits for it: a job it does not hear of is found by the repair. */
    private void announce(Collection<DueJob> jobs) {
        index.add(jobs)
                .subscribe()
                .with(
                        added -> {},
                        failure -> LOG.debugf("The index did not hear of %d jobs: %s", jobs.size(), failure));
    }
}
