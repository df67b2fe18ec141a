package org.memoryqueue.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.student;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.awaitAll;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.completion.Completer;
import org.memoryqueue.completion.Completion;
import org.memoryqueue.completion.Failures;
import org.memoryqueue.control.QueueMode;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.job.Priority;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;
import org.memoryqueue.transcript.Transcript;

/** Operators and workers who do everything at once, to the same jobs. */
class OperatorsAtOnceTest {

    private static final QueueMode[] MODES = QueueMode.values();

    @RegisterExtension
    static final Stores stores = new Stores().with("memory.group-commit.linger", "1ms");

    private final Jobs jobs = new Jobs(stores);
    private final AtomicInteger operatorCalls = new AtomicInteger();

    @Test
    void neitherDeadlockNorMiscountNorForgetARecord() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String student = student();
        List<Transcript> transcripts = Stream.generate(() -> transcript(session(student), 2))
                .limit(300)
                .toList();
        List<Lease> leases = jobs.leased(transcripts.subList(0, 200));
        awaitAll(leases.subList(0, 100).stream()
                .map(lease -> stores.bean(Failures.class).fail(lease, ErrorCode.SUMMARISER_ERROR, "It broke"))
                .toList());
        List<Long> ids = new ArrayList<>(leases.stream().map(Lease::jobId).toList());
        ids.addAll(jobs.accepted(transcripts.subList(200, 300)));

        for (int round = 0; round < 5; round++) {
            awaitAll(Stream.generate(() -> step(random, student, ids, leases))
                    .limit(300)
                    .toList());
        }

        assertThat(Records.count(stores)).as("with seed %d", seed).isEqualTo(operatorCalls.get());
        assertThat(stores.value("SELECT sum(changed)::bigint FROM memory.operator_action WHERE action = 'cancel'"))
                .as("with seed %d", seed)
                .isEqualTo(stores.value("SELECT count(*) FROM memory.memory_job WHERE state = 'cancelled'"));
        assertThat(stores.value("""
                        SELECT format('%s %s %s %s %s', sum(waiting_normal), sum(running), sum(completed), sum(failed),
                                      sum(cancelled))
                          FROM memory.queue_counter
                        """)).as("with seed %d", seed).isEqualTo(stores.value("""
                        SELECT format('%s %s %s %s %s', count(*) FILTER (WHERE state = 'queued'),
                                      count(*) FILTER (WHERE state = 'running'),
                                      count(*) FILTER (WHERE state = 'completed'),
                                      count(*) FILTER (WHERE state = 'failed'),
                                      count(*) FILTER (WHERE state = 'cancelled'))
                          FROM memory.memory_job
                        """));
        assertThat(stores.value("SELECT count(*) FROM memory.student_chat_memories"))
                .as("with seed %d", seed)
                .isEqualTo(stores.value("SELECT count(*) FROM memory.memory_job WHERE state = 'completed'"));
    }

    private Uni<Boolean> step(Random random, String student, List<Long> ids, List<Lease> leases) {
        long job = ids.get(random.nextInt(ids.size()));
        Lease lease = leases.get(random.nextInt(leases.size()));
        return switch (random.nextInt(10)) {
            case 0, 1 -> byOperator(stores.bean(Cancellation.class).cancel(job, "operator"));
            case 2, 3 -> byOperator(stores.bean(Retry.class).retry(job, "operator"));
            case 4 ->
                byOperator(stores.bean(Retry.class)
                        .retryMatching(new JobFilter(null, null, student, null, null, null, null), "operator"));
            case 5 -> byOperator(stores.bean(QueueSwitch.class).turn(MODES[random.nextInt(MODES.length)], "operator"));
            case 6, 7 -> done(stores.bean(Completer.class).complete(new Completion(lease, summary())));
            case 8 -> done(stores.bean(Failures.class).fail(lease, ErrorCode.SUMMARISER_ERROR, "It broke"));
            default ->
                done(stores.bean(Leases.class)
                        .claimDue(Map.of(Priority.NORMAL, 5), "worker")
                        .flatMap(claimed -> completed(claimed)));
        };
    }

    private static Uni<Optional<?>> completed(List<Lease> claimed) {
        return claimed.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : Uni.join()
                        .all(claimed.stream()
                                .map(lease -> stores.bean(Completer.class).complete(new Completion(lease, summary())))
                                .toList())
                        .andCollectFailures()
                        .map(Optional::of);
    }

    private Uni<Boolean> byOperator(Uni<?> call) {
        operatorCalls.incrementAndGet();
        return done(call);
    }

    private static Uni<Boolean> done(Uni<?> call) {
        return call.replaceWith(true);
    }
}
