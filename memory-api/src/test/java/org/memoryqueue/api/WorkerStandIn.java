package org.memoryqueue.api;

import jakarta.inject.Singleton;
import java.util.List;
import org.memoryqueue.completion.Completer;
import org.memoryqueue.completion.Completion;
import org.memoryqueue.completion.Failures;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Insights;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Summary;

/** Does to jobs what a worker would do, step by step, so that a test of the API can look at each step. */
@Singleton
public final class WorkerStandIn {

    static final Summary SUMMARY = new Summary(
            "stand-in/1",
            "The student asked about sums.",
            List.of("addition"),
            new Insights(List.of("adding one"), List.of("carrying"), "From guessing to counting."),
            "Practise carrying.",
            new Assessment(0.75, Assessment.Outcome.SOLVED, 0.5),
            List.of(new Evidence(Evidence.Kind.UNDERSTOOD, "adding one", 0, "What is 0 plus one?")),
            List.of(new Observation("addition", 3, 0, 0)));

    private final Leases leases;
    private final Completer completer;
    private final Failures failures;

    WorkerStandIn(Leases leases, Completer completer, Failures failures) {
        this.leases = leases;
        this.completer = completer;
        this.failures = failures;
    }

    Lease lease(String jobId) {
        return leases.claim(List.of(Long.valueOf(jobId)), "stand-in")
                .await()
                .indefinitely()
                .leased()
                .getFirst();
    }

    void complete(Lease lease) {
        complete(lease, SUMMARY);
    }

    void complete(Lease lease, Summary summary) {
        completer.complete(new Completion(lease, summary)).await().indefinitely();
    }

    void fail(Lease lease) {
        failures.fail(lease, ErrorCode.SUMMARISER_ERROR, "The summariser failed: for the test")
                .await()
                .indefinitely();
    }
}
