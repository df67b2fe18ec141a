package org.memoryqueue.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.student;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;
import static org.memoryqueue.testing.Stores.awaitAll;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.dispatch.DueJob;
import org.memoryqueue.job.JobState;
import org.memoryqueue.job.Priority;
import org.memoryqueue.job.Stage;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;

class LeasesTest {

    @RegisterExtension
    static final Stores stores = new Stores().with("memory.group-commit.linger", "1ms");

    private final Jobs jobs = new Jobs(stores);

    @Test
    void comeWithTheTranscriptExactlyAsItWasSent() {
        Transcript transcript = new Transcript(
                session(),
                List.of(
                        new Message("system", "be kind"),
                        new Message(Message.STUDENT, "Warum ist ½ + ⅓ = 5/6? 🤔\n\t\"\\ \u0000 \u007f"),
                        new Message(Message.TUTOR, ""),
                        new Message("tool", "{\"x\": 1}")));

        Lease lease = jobs.leased(transcript);

        assertThat(lease.transcript()).isEqualTo(transcript);
        assertThat(lease.token()).isEqualTo(1);
        assertThat(lease.attempt()).isEqualTo(1);
        assertThat(lease.revision()).isEqualTo(1);
        assertThat(lease.priority()).isEqualTo(Priority.NORMAL);
        assertThat(lease.acceptedAt())
                .isEqualTo(
                        jobs.row(lease.jobId()).getOffsetDateTime("accepted_at").toInstant());
        assertThat(jobs.state(lease.jobId())).isEqualTo("running");
    }

    @Test
    void haveATokenThatGrowsWhateverHappensBetween() {
        Lease first = jobs.leased(transcript(session(), 4));
        long job = first.jobId();
        await(leases().release(List.of(first)));
        Lease afterRelease = jobs.leased(job);
        jobs.expire(job);
        Lease afterLoss = jobs.leased(job);
        stores.rows("""
                UPDATE memory.memory_job SET state = 'failed', error_code = 'summariser_error', failed_reason = 'it broke',
                       finished_at = now(), lease_owner = NULL, lease_until = NULL WHERE id = $1
                """, job);
        jobs.retry(job);
        Lease afterRetry = jobs.leased(job);

        assertThat(Stream.of(first, afterRelease, afterLoss, afterRetry).map(Lease::token))
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void countAsAttemptsUnlessCleanlyReleased() {
        Lease first = jobs.leased(transcript(session(), 4));
        long job = first.jobId();
        await(leases().release(List.of(first)));
        assertThat(jobs.row(job).getInteger("attempts")).isZero();
        assertThat(jobs.state(job)).isEqualTo("queued");

        jobs.leased(job);
        jobs.expire(job);
        Lease third = jobs.leased(job);

        assertThat(third.attempt()).isEqualTo(2);
        assertThat(jobs.row(job).getInteger("lost_leases")).isEqualTo(1);
    }

    @Test
    void areRefusedForAJobThatDoesNotExist() {
        assertThat(refusal(Long.MAX_VALUE)).isEqualTo(new Claim.Missing());
    }

    @Test
    void areRefusedForAJobThatHasEnded() {
        long cancelled = jobs.accepted(transcript(session(), 4));
        jobs.cancel(cancelled);
        assertThat(refusal(jobs.completed(transcript(session(), 4), summary()).jobId()))
                .isEqualTo(new Claim.Ended(JobState.COMPLETED));
        assertThat(refusal(jobs.failed(transcript(session(), 4)).jobId())).isEqualTo(new Claim.Ended(JobState.FAILED));
        assertThat(refusal(cancelled)).isEqualTo(new Claim.Ended(JobState.CANCELLED));
    }

    @Test
    void areRefusedForAJobThatAnotherHoldsAndSayUntilWhen() {
        long job = jobs.leased(transcript(session(), 4)).jobId();
        assertThat(refusal(job)).isEqualTo(new Claim.Held(until(job)));
    }

    @Test
    void areRefusedForADelayedJobAndSayUntilWhen() {
        long job = jobs.accepted(transcript(session(), 4));
        jobs.delay(job, true);
        assertThat(refusal(job))
                .isEqualTo(new Claim.NotDue(
                        jobs.row(job).getOffsetDateTime("run_at").toInstant()));
    }

    @Test
    void areGivenForADelayedJobWhoseTimeHasCome() {
        long job = jobs.accepted(transcript(session(), 4));
        jobs.delay(job, false);
        assertThat(jobs.leased(job).attempt()).isEqualTo(1);
        assertThat(jobs.row(job).getBoolean("delayed")).isFalse();
    }

    @Test
    void areRefusedAtOnceForAJobThatSomebodyIsChanging() {
        long job = jobs.accepted(transcript(session(), 4));
        SqlConnection other = await(stores.pool().getConnection());
        Transaction transaction = await(other.begin());
        await(other.preparedQuery("SELECT FROM memory.memory_job WHERE id = $1 FOR UPDATE")
                .execute(Tuple.of(job)));

        assertThat(refusal(job)).isEqualTo(new Claim.Held(null));

        await(transaction.rollback());
        await(other.close());
        assertThat(jobs.claim(job).leased()).hasSize(1);
    }

    @Test
    void leaveNothingToDoForAnEntryExceptWhereAnotherHoldsTheJob() {
        Instant then = Instant.EPOCH;
        assertThat(Stream.of(
                                new Claim.Missing(),
                                new Claim.Ended(JobState.FAILED),
                                new Claim.NotDue(then),
                                new Claim.Held(then),
                                new Claim.Held(null),
                                new Claim.Halted(),
                                new Claim.Suspect())
                        .map(Claim.Refusal::isFinal))
                .containsExactly(true, true, true, false, false, false, false);
    }

    @Test
    void answerForEveryJobThatWasAskedForOnce() {
        long due = jobs.accepted(transcript(session(), 4));
        long held = jobs.leased(transcript(session(), 4)).jobId();
        Claim claim = jobs.claim(held, due, due, Long.MAX_VALUE, held);
        assertThat(claim.leased()).extracting(Lease::jobId).containsExactly(due);
        assertThat(claim.refused()).extracting(Claim.Refused::jobId).containsExactlyInAnyOrder(held, Long.MAX_VALUE);
        assertThat(jobs.claim()).isEqualTo(new Claim(List.of(), List.of()));
    }

    @Test
    void thatRanOutAreTakenOverAndCountAsLost() {
        Lease frozen = jobs.leased(transcript(session(), 4));
        jobs.expire(frozen.jobId());

        Lease taken = jobs.leased(frozen.jobId());

        assertThat(taken.token()).isGreaterThan(frozen.token());
        assertThat(jobs.row(frozen.jobId()).getInteger("lost_leases")).isEqualTo(1);
        assertThat(await(renew(List.of(frozen)))).containsExactly(new LostLease(frozen.jobId(), false));
        assertThat(await(renew(List.of(taken)))).isEmpty();
    }

    @Test
    void areExtendedByRenewal() {
        Lease lease = jobs.leased(transcript(session(), 4));
        stores.rows(
                "UPDATE memory.memory_job SET lease_until = now() + interval '1 second' WHERE id = $1", lease.jobId());
        assertThat(await(renew(List.of(lease)))).isEmpty();
        assertThat(until(lease.jobId())).isAfter(databaseNow().plus(Duration.ofSeconds(20)));
    }

    @Test
    void thatRanOutCanBeRenewedWhileNobodyHasTakenThem() {
        Lease lease = jobs.leased(transcript(session(), 4));
        jobs.expire(lease.jobId());
        assertThat(await(renew(List.of(lease)))).isEmpty();
        assertThat(until(lease.jobId())).isAfter(databaseNow());
    }

    @Test
    void areReportedByRenewalWhenTheyAreLostAndOnlyThen() {
        Lease held = jobs.leased(transcript(session(), 4));
        Lease released = jobs.leased(transcript(session(), 4));
        Lease reclaimed = jobs.leased(transcript(session(), 4));
        Lease pruned = jobs.leased(transcript(session(), 4));
        Lease cancelled = jobs.leased(transcript(session(), 4));
        Lease completed = jobs.completed(transcript(session(), 4), summary());
        Lease failed = jobs.failed(transcript(session(), 4));
        await(leases().release(List.of(released)));
        jobs.expire(reclaimed.jobId());
        jobs.leased(reclaimed.jobId());
        jobs.delete(pruned.jobId());
        jobs.cancel(cancelled.jobId());

        List<LostLease> lost = await(renew(List.of(held, released, reclaimed, pruned, cancelled, completed, failed)));

        assertThat(lost)
                .containsExactlyInAnyOrder(
                        new LostLease(released.jobId(), false),
                        new LostLease(reclaimed.jobId(), false),
                        new LostLease(pruned.jobId(), true),
                        new LostLease(cancelled.jobId(), true));
    }

    @Test
    void thatAreLostCannotBeReleased() {
        Lease lost = jobs.leased(transcript(session(), 4));
        jobs.expire(lost.jobId());
        jobs.leased(lost.jobId());
        var before = stores.everything();
        await(leases().release(List.of(lost)));
        assertThat(stores.everything()).isEqualTo(before);
    }

    @Test
    void thatRanOutAreReclaimedAfterTheGrace() {
        Lease lost = jobs.leased(transcript(session(), 4));
        Lease held = jobs.leased(transcript(session(), 4));
        jobs.expire(lost.jobId());
        DueJob due = new DueJob(lost.jobId(), Priority.NORMAL);

        assertThat(await(expiry().expire(Duration.ofMinutes(2), 1000)).due()).doesNotContain(due);
        assertThat(await(expiry().expire(Duration.ZERO, 1000)).due())
                .contains(due)
                .doesNotContain(new DueJob(held.jobId(), Priority.NORMAL));

        assertThat(jobs.state(lost.jobId())).isEqualTo("queued");
        assertThat(jobs.row(lost.jobId()).getInteger("lost_leases")).isEqualTo(1);
        assertThat(jobs.row(lost.jobId()).getInteger("attempts")).isEqualTo(1);
        assertThat(jobs.leased(lost.jobId()).token()).isEqualTo(2);
    }

    @Test
    void areReclaimedNoMoreAtOnceThanTheLimit() {
        for (Lease lease : jobs.leased(transcripts(3))) {
            jobs.expire(lease.jobId());
        }
        assertThat(await(expiry().expire(Duration.ZERO, 2)).due()).hasSize(2);
    }

    @Test
    void areNotLostWhilePostgresMayHaveBeenAway() {
        Lease lease = jobs.leased(transcript(session(), 4));
        jobs.expire(lease.jobId());
        List<Long> job = List.of(lease.jobId());

        leaderHasSeenPostgres("now() - interval '16 seconds'", "'-infinity'");
        assertThat(await(expiry().expire(job)).due()).isEmpty();
        leaderHasSeenPostgres("now()", "now() - interval '9 seconds'");
        assertThat(await(expiry().expire(job)).due()).isEmpty();
        leaderHasSeenPostgres("now() - interval '14 seconds'", "now() - interval '11 seconds'");
        assertThat(await(expiry().expire(job)).due()).hasSize(1);

        leaderHasSeenPostgres("'infinity'", "'-infinity'");
    }

    private static void leaderHasSeenPostgres(String lately, String since) {
        stores.rows("UPDATE memory.maintenance_leader SET seen_at = " + lately + ", available_since = " + since);
    }

    @Test
    void ofAJobThatWasLostTwiceAreGivenOnlyToRunAlone() {
        long job = lost(jobs.leased(transcript(session(), 4)).jobId(), 2);

        assertThat(refusal(job)).isEqualTo(new Claim.Suspect());
        assertThat(await(leases().claimDue(Map.of(Priority.NORMAL, 1_000), "worker")))
                .extracting(Lease::jobId)
                .doesNotContain(job);
        assertThat(await(leases().anySuspect())).hasSize(1);
        Claim alone = await(leases().claimAlone(job, "worker"));

        assertThat(alone.leased()).extracting(Lease::jobId).containsExactly(job);
        jobs.complete(alone.leased().getFirst(), summary());
        assertThat(jobs.state(job)).isEqualTo("completed");
    }

    @Test
    void ofAJobThatIsLostTwiceMoreWhileItRunsAloneEndInADeadLetter() {
        long job = lost(jobs.leased(transcript(session(), 4)).jobId(), 2);
        lostAlone(job);
        assertThat(jobs.state(job)).isEqualTo("queued");
        lostAlone(job);

        assertThat(jobs.state(job)).isEqualTo("failed");
        assertThat(jobs.row(job).getString("error_code")).isEqualTo("poison");
        assertThat(jobs.row(job).getInteger("lost_leases")).isEqualTo(4);
    }

    /** Loses its running lease, and leases anew and loses again, until so many are lost. */
    private long lost(long job, int times) {
        for (int lost = 1; lost < times; lost++) {
            jobs.expire(job);
            jobs.leased(job);
        }
        jobs.expire(job);
        await(expiry().expire(List.of(job)));
        return job;
    }

    private void lostAlone(long job) {
        assertThat(await(leases().claimAlone(job, "worker")).leased()).hasSize(1);
        jobs.expire(job);
        await(expiry().expire(List.of(job)));
    }

    @Test
    void thatTheirWorkerDoesNotKnowOfAreHandedBackWithoutCountingAsLost() {
        Lease known = jobs.leased(transcript(session(), 4));
        Lease unknown = jobs.leased(transcript(session(), 4));
        Lease young = jobs.leased(transcript(session(), 4));
        stores.rows(
                "UPDATE memory.memory_job SET lease_owner = 'forgetful', started_at = now() - interval '21 seconds'"
                        + " WHERE id IN ($1, $2)",
                known.jobId(),
                unknown.jobId());
        stores.rows("UPDATE memory.memory_job SET lease_owner = 'forgetful' WHERE id = $1", young.jobId());

        assertThat(await(leases().disown("forgetful", List.of(known.jobId()))))
                .containsExactly(new DueJob(unknown.jobId(), Priority.NORMAL));

        assertThat(jobs.state(unknown.jobId())).isEqualTo("queued");
        assertThat(jobs.row(unknown.jobId()).getInteger("attempts")).isZero();
        assertThat(jobs.row(unknown.jobId()).getInteger("lost_leases")).isZero();
        assertThat(jobs.state(known.jobId())).isEqualTo("running");
        assertThat(jobs.state(young.jobId())).isEqualTo("running");
    }

    @Test
    void areNotGivenWhileTheQueueIsPausedOrDrained() {
        long job = jobs.accepted(transcript(session(), 4));
        for (String mode : List.of("paused", "draining")) {
            stores.rows("UPDATE memory.queue_control SET mode = $1", mode);
            assertThat(refusal(job)).isEqualTo(new Claim.Halted());
            assertThat(await(leases().claimDue(Map.of(Priority.NORMAL, 1_000), "worker")))
                    .isEmpty();
        }
        stores.rows("UPDATE memory.queue_control SET mode = 'running'");
        assertThat(jobs.claim(job).leased()).hasSize(1);
    }

    @Test
    void areGivenWithoutTheIndexInWeightedSharesAndTheRestToTheMostUrgent() {
        await(leases().claimDue(Map.of(Priority.HIGH, 1_000), "worker"));
        List<Long> normal = jobs.accepted(transcripts(2, 10));
        List<Long> low = jobs.accepted(transcripts(5, 2));

        List<Lease> leases =
                await(leases().claimDue(Map.of(Priority.HIGH, 4, Priority.NORMAL, 1, Priority.LOW, 1), "worker"));

        assertThat(leases)
                .extracting(Lease::jobId)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(normal.stream(), low.stream().limit(4)).toList());
        assertThat(leases).allSatisfy(lease -> assertThat(lease.attempt()).isEqualTo(1));
    }

    @Test
    void areGivenWithoutTheIndexToExactlyOneOfManyWorkers() {
        await(leases().claimDue(Map.of(Priority.HIGH, 1_000), "worker"));
        List<Long> ids = jobs.accepted(transcripts(100));

        List<Long> leased = awaitAll(Stream.generate(() -> leases().claimDue(Map.of(Priority.LOW, 10), "worker"))
                        .limit(16)
                        .toList())
                .stream()
                .flatMap(List::stream)
                .map(Lease::jobId)
                .toList();

        assertThat(leased).doesNotHaveDuplicates().isSubsetOf(ids);
        assertThat(await(leases().claimDue(Map.of(Priority.LOW, 100), "worker")).size() + leased.size())
                .isEqualTo(100);
    }

    @Test
    void areGivenToExactlyOneOfManyWorkersThatAskForTheSameJobs() {
        List<Long> ids = jobs.accepted(transcripts(100));
        List<Uni<Claim>> claims = new ArrayList<>();
        for (int worker = 0; worker < 16; worker++) {
            List<Long> shuffled = new ArrayList<>(ids);
            Collections.shuffle(shuffled);
            claims.add(leases().claim(shuffled, "worker " + worker));
        }

        List<Claim> answers = awaitAll(claims);

        assertThat(answers.stream()
                        .flatMap(claim -> claim.leased().stream())
                        .map(Lease::jobId)
                        .sorted())
                .isEqualTo(ids.stream().sorted().toList());
        assertThat(answers)
                .allSatisfy(claim -> assertThat(
                                claim.leased().size() + claim.refused().size())
                        .isEqualTo(100));
    }

    private static List<Transcript> transcripts(int count) {
        return transcripts(count, 2);
    }

    private static List<Transcript> transcripts(int count, int messages) {
        String student = student();
        return Stream.generate(() -> session(student))
                .limit(count)
                .map((Session session) -> transcript(session, messages))
                .toList();
    }

    private Claim.Refusal refusal(long job) {
        Claim claim = jobs.claim(job);
        assertThat(claim.leased()).isEmpty();
        return claim.refused().getFirst().reason();
    }

    private Instant until(long job) {
        return jobs.row(job).getOffsetDateTime("lease_until").toInstant();
    }

    private static Instant databaseNow() {
        return ((OffsetDateTime) stores.value("SELECT now()")).toInstant();
    }

    private static Uni<List<LostLease>> renew(List<Lease> held) {
        return leases().renew(held.stream()
                .map(lease -> new Renewal(lease, Stage.SUMMARISING))
                .toList());
    }

    private static Expiry expiry() {
        return stores.bean(Expiry.class);
    }

    private static Leases leases() {
        return stores.bean(Leases.class);
    }
}
