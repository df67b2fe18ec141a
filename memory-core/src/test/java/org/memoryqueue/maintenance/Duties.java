package org.memoryqueue.maintenance;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;
import org.memoryqueue.testing.Beans;

/**
 * The duties of maintenance one by one, for tests that decide themselves when each is done. Each is done by a process that
 * has just become the leader, and knows nothing of what was before.
 */
public final class Duties {

    private final Supplier<Beans> leaders;

    public Duties(Supplier<Beans> leaders) {
        this.leaders = leaders;
    }

    /** Puts jobs back whose workers died. */
    public Uni<Void> reclaimLostLeases() {
        return leaders.get().get(LostLeases.class).reclaim();
    }

    /** Makes delayed jobs due whose time has come. */
    public Uni<Void> promoteDelayedJobs() {
        return leaders.get().get(DelayedJobs.class).promote();
    }

    /** Makes the index name what is due, and nothing else. */
    public Uni<Void> repairIndex() {
        return leaders.get().get(IndexRepair.class).repair();
    }

    /** Removes old jobs. */
    public Uni<Void> prune() {
        Retention retention = leaders.get().get(Retention.class);
        return retention.prune().flatMap(done -> retention.pruneFailed());
    }
}
