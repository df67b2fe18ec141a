package org.memoryqueue.worker.attempt;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.job.Stage;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.lease.LostLease;
import org.memoryqueue.lease.Renewal;

/** Renews the leases of everything that this worker holds, all at once, and stops the work on those that are lost. */
@Singleton
public final class LeaseRenewal {

    private static final Logger LOG = Logger.getLogger(LeaseRenewal.class);

    private final HeldJobs held;
    private final Leases leases;
    private final DueIndex index;

    LeaseRenewal(HeldJobs held, Leases leases, DueIndex index) {
        this.held = held;
        this.leases = leases;
        this.index = index;
    }

    /** Renews once. Fails when the database is away; the leases then run on until their time is up. */
    public Uni<Void> renew(String consumer) {
        Collection<HeldJob> jobs = held.all();
        if (jobs.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return leases.renew(jobs.stream()
                        .map(job -> new Renewal(job.lease(), Stage.SUMMARISING))
                        .toList())
                .map(lost -> lost.stream().map(LostLease::jobId).collect(Collectors.toSet()))
                .invoke(lost -> jobs.stream()
                        .filter(job -> lost.contains(job.lease().jobId()))
                        .forEach(LeaseRenewal::drop))
                .flatMap(lost -> index.renew(
                                consumer,
                                jobs.stream()
                                        .filter(job ->
                                                !lost.contains(job.lease().jobId()))
                                        .map(HeldJob::entry)
                                        .toList())
                        .onFailure()
                        .recoverWithNull());
    }

    private static void drop(HeldJob job) {
        LOG.warnf(
                "The lease of job %d is lost; its work is dropped", job.lease().jobId());
        job.callOff();
    }
}
