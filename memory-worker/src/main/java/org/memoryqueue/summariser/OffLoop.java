package org.memoryqueue.summariser;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Where to compute for longer than an event loop may be held. */
public final class OffLoop {

    private OffLoop() {}

    /** Computes on a worker thread, and goes on in the context of Vert.x, if any, from which it was subscribed to. */
    public static <T> Uni<T> compute(Supplier<T> computation) {
        return Uni.createFrom().deferred(() -> {
            Context context = Vertx.currentContext();
            Uni<T> computed =
                    Uni.createFrom().item(computation).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
            return context == null
                    ? computed
                    : computed.emitOn(command -> context.runOnContext(ignored -> command.run()));
        });
    }
}
