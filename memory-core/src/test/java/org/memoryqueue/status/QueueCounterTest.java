package org.memoryqueue.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.submission;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;
import static org.memoryqueue.testing.Stores.awaitAll;

import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.completion.Failures;
import org.memoryqueue.intake.Enqueuer;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.job.Priority;
import org.memoryqueue.lease.Expiry;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;
import org.memoryqueue.transcript.Session;

class QueueCounterTest {

    @RegisterExtension
    static final Stores stores = new Stores().with("memory.group-commit.linger", "1ms");

    private final Jobs jobs = new Jobs(stores);
    private final List<Session> sessions = new ArrayList<>();
    private final Map<Long, Lease> leases = new HashMap<>();
    private final List<Long> ids = new ArrayList<>();

    @Test
    void countsWhatIsThereAfterAnyStepsAndLosesNothing() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int step = 0; step < 400; step++) {
            String taken = take(random);
            if (step % 20 == 0) {
                assertThat(now()).as("after %s, with seed %d", taken, seed).isEqualTo(rows());
            }
        }
        assertThat(now()).as("with seed %d", seed).isEqualTo(rows());
        assertThat(stores.value("""
                        SELECT sum(accepted) = sum(waiting_high + waiting_normal + waiting_low + delayed + running
                                                   + completed + failed + cancelled + erased)
                          FROM memory.queue_counter
                        """)).as("conservation, with seed %d", seed).isEqualTo(true);
    }

    @Test
    void stallsNobodyWhenATransactionHangsThatHasCounted() {
        SqlConnection hanging = await(stores.pool().getConnection());
        Transaction transaction = await(hanging.begin());
        await(hanging.query("SELECT FROM memory.queue_counter WHERE shard < 16 FOR UPDATE")
                .execute());

        awaitAll(Stream.generate(() -> stores.bean(Enqueuer.class).enqueue(submission(transcript(session(), 2))))
                .limit(60)
                .toList());
        jobs.completed(transcript(session(), 2), summary());

        assertThat(now()).isEqualTo(rows());
        await(transaction.rollback());
        await(hanging.close());
    }

    private String take(Random random) {
        int step = random.nextInt(12);
        if (step < 3 || ids.isEmpty()) {
            Session session = session();
            sessions.add(session);
            return handIn(session, 4, random);
        }
        long id = ids.get(random.nextInt(ids.size()));
        return switch (step) {
            case 3 -> handIn(sessions.get(random.nextInt(sessions.size())), 2 + 2 * random.nextInt(8), random);
            case 4, 5 -> named("claim", () -> jobs.claim(id).leased().forEach(lease -> leases.put(id, lease)));
            case 6 -> withLease(random, lease -> named("complete", () -> jobs.complete(lease, summary())));
            case 7 ->
                withLease(
                        random,
                        lease -> named(
                                "release", () -> await(stores.bean(Leases.class).release(List.of(lease)))));
            case 8 ->
                withLease(
                        random,
                        lease -> named(
                                "fail",
                                () -> await(stores.bean(Failures.class)
                                        .fail(lease, ErrorCode.SUMMARISER_ERROR, "It broke"))));
            case 9 ->
                random.nextBoolean() ? named("cancel", () -> jobs.cancel(id)) : named("retry", () -> jobs.retry(id));
            case 10 ->
                random.nextBoolean()
                        ? named("delay", () -> jobs.delay(id, random.nextBoolean()))
                        : named("lose", () -> {
                            jobs.expire(id);
                            await(stores.bean(Expiry.class).expire(Duration.ZERO, 10));
                        });
            default ->
                named("delete", () -> {
                    jobs.delete(id);
                    ids.remove(id);
                });
        };
    }

    private String handIn(Session session, int messages, Random random) {
        Priority priority = Priority.ALL.get(random.nextInt(3));
        return named(
                "hand in",
                () -> ids.add(await(stores.bean(Enqueuer.class)
                                .enqueue(submission(transcript(session, messages), priority)))
                        .jobId()));
    }

    private String withLease(Random random, Function<Lease, String> step) {
        List<Lease> held = List.copyOf(leases.values());
        return held.isEmpty() ? "nothing" : step.apply(held.get(random.nextInt(held.size())));
    }

    private static String named(String name, Runnable step) {
        step.run();
        return name;
    }

    /** What the counters say there is now. */
    private static String now() {
        return (String) stores.value("""
                SELECT format('high %s, normal %s, low %s, delayed %s, running %s',
                              sum(waiting_high), sum(waiting_normal), sum(waiting_low), sum(delayed), sum(running))
                  FROM memory.queue_counter
                """);
    }

    /** What there is. */
    private static String rows() {
        return (String) stores.value("""
                SELECT format('high %s, normal %s, low %s, delayed %s, running %s',
                              count(*) FILTER (WHERE state = 'queued' AND NOT delayed AND priority = 'high'),
                              count(*) FILTER (WHERE state = 'queued' AND NOT delayed AND priority = 'normal'),
                              count(*) FILTER (WHERE state = 'queued' AND NOT delayed AND priority = 'low'),
                              count(*) FILTER (WHERE delayed),
                              count(*) FILTER (WHERE state = 'running'))
                  FROM memory.memory_job
                """);
    }
}
