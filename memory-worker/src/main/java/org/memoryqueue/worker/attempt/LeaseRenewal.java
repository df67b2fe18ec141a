package org.memoryqueue.worker.attempt;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.job.Stage;
import org.memoryqueue.lease.LeaseConfig;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.lease.LostLease;
import org.memoryqueue.lease.Renewal;
import org.memoryqueue.worker.attempt.HeldJob.CallOff;

/** Renews the leases of everything that this worker holds, all at once, and stops the work on those that are lost. */
@Singleton
public final class LeaseRenewal {

    private static final Logger LOG = Logger.getLogger(LeaseRenewal.class);

    private final HeldJobs held;
    private final Leases leases;
    private final DueIndex index;
    private final Duration patience;

    LeaseRenewal(HeldJobs held, Leases leases, DueIndex index, LeaseConfig config) {
        this.held = held;
        this.leases = leases;
        this.index = index;
        this.patience = config.duration().dividedBy(6);
    }

    /** Renews once. Fails within seconds when the database is away; the leases then run on until their time is up. */
    public Uni<Void> renew(String consumer) {
        Collection<HeldJob> jobs = held.all();
        return disown(consumer, jobs)
                .flatMap(done -> jobs.isEmpty() ? Uni.createFrom().voidItem() : renew(consumer, jobs));
    }

    private Uni<Void> disown(String consumer, Collection<HeldJob> jobs) {
        return leases.disown(
                        consumer, jobs.stream().map(job -> job.lease().jobId()).toList())
                .ifNoItem()
                .after(patience)
                .fail()
                .flatMap(due -> index.add(due).onFailure().recoverWithNull());
    }

    private Uni<Void> renew(String consumer, Collection<HeldJob> jobs) {
        return leases.renew(jobs.stream()
                        .map(job -> new Renewal(job.lease(), job.stage()))
                        .toList())
                .ifNoItem()
                .after(patience)
                .fail()
                .flatMap(lost -> {
                    drop(jobs, lost);
                    return renewEntries(
                            consumer,
                            jobs.stream().filter(job -> !job.isCalledOff()).toList());
                });
    }

    private static void drop(Collection<HeldJob> jobs, List<LostLease> lost) {
        Map<Long, LostLease> byJob = lost.stream().collect(Collectors.toMap(LostLease::jobId, each -> each));
        for (HeldJob job : jobs) {
            LostLease its = byJob.get(job.lease().jobId());
            // What is being stored meets the fence by itself: it may be what has just released the lease.
            if (its != null && (its.ended() || job.stage() != Stage.STORING)) {
                LOG.infof("Job %d is no longer ours; its work is dropped", its.jobId());
                job.callOff(its.ended() ? CallOff.ENDED : CallOff.NOT_OURS);
            }
        }
    }

    private Uni<Void> renewEntries(String consumer, Collection<HeldJob> jobs) {
        return index.renew(
                        consumer,
                        jobs.stream()
                                .map(HeldJob::entry)
                                .flatMap(Optional::stream)
                                .toList())
                .onFailure()
                .recoverWithNull();
    }
}
