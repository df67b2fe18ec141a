package org.memoryqueue.api.admin;

import org.memoryqueue.control.QueueMode;
import org.memoryqueue.operator.QueueSwitch;

/**
 * What setting the queue's mode led to.
 *
 * @param changed whether it had another mode before
 * @param mode running, paused or draining
 * @param previous the mode before
 * @param active jobs that are still being worked on
 * @param drained whether the queue is being drained and nothing runs any more
 */
public record ModeChange(boolean success, boolean changed, String mode, String previous, long active, boolean drained) {

    static ModeChange of(QueueSwitch.Turned turned) {
        return new ModeChange(
                true,
                turned.mode() != turned.previous(),
                turned.mode().word(),
                turned.previous().word(),
                turned.active(),
                turned.mode() == QueueMode.DRAINING && turned.active() == 0);
    }
}
