package org.memoryqueue.worker.dispatch;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.memoryqueue.control.QueueControl;
import org.memoryqueue.control.QueueMode;
import org.memoryqueue.worker.attempt.LeaseRenewal;

/**
 * What operators ordered: whether to lease, and that a job was called off. Read every second, in one row; after a change
 * the leases are renewed at once, which tells which jobs are no longer ours.
 */
@Singleton
final class Orders {

    private static final Logger LOG = Logger.getLogger(Orders.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final long NONE_SEEN = -1;

    private final QueueControl control;
    private final LeaseRenewal renewal;
    private final Consumer consumer;
    private volatile QueueMode mode = QueueMode.RUNNING;
    private long changesSeen = NONE_SEEN;

    Orders(QueueControl control, LeaseRenewal renewal, Consumer consumer) {
        this.control = control;
        this.renewal = renewal;
        this.consumer = consumer;
    }

    /** Whether the queue is to be left alone; a claim asks again, so a moment's delay does no harm. */
    boolean isHalted() {
        return mode != QueueMode.RUNNING;
    }

    /** Reads the orders, and follows them. Never fails. */
    Uni<Void> look() {
        return control.read()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .flatMap(setting -> {
                    if (mode != setting.mode()) {
                        mode = setting.mode();
                        LOG.infof("The queue is %s", mode.word());
                    }
                    boolean changed = changesSeen != NONE_SEEN && changesSeen != setting.changes();
                    changesSeen = setting.changes();
                    return changed
                            ? renewal.renew(consumer.name())
                            : Uni.createFrom().voidItem();
                })
                .onFailure()
                .invoke(failure -> LOG.debugf("Orders cannot be read: %s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
