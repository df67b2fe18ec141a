package org.memoryqueue.commit;

import io.vertx.core.Context;
import java.time.Duration;

/** A single thread on which state is confined, so that it needs no locks. */
public interface Loop {

    /** Runs the task later on the thread of the loop. */
    void execute(Runnable task);

    /** Runs the task on the thread of the loop once the delay has passed. */
    void after(Duration delay, Runnable task);

    /** The event loop of a Vert.x context that is not bound to any request. */
    static Loop of(Context context) {
        return new Loop() {
            @Override
            public void execute(Runnable task) {
                context.runOnContext(ignored -> task.run());
            }

            @Override
            public void after(Duration delay, Runnable task) {
                context.owner().setTimer(Math.max(1, delay.toMillis()), ignored -> execute(task));
            }
        };
    }
}
