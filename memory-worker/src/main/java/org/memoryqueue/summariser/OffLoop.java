package org.memoryqueue.summariser;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where to compute for longer than an event loop may be held. */
public final class OffLoop {

    private static final int IDLE_SECONDS = 10;

    /** Not before the first use: in a native executable static initialisers have run on the machine of its build. */
    private static @Nullable Executor threads;

    private OffLoop() {}

    /** Computes on another thread, and goes on in the context of Vert.x, if any, from which it was subscribed to. */
    public static <T> Uni<T> compute(Supplier<T> computation) {
        return Uni.createFrom().deferred(() -> {
            Context context = Vertx.currentContext();
            Uni<T> computed = Uni.createFrom().item(computation).runSubscriptionOn(threads());
            return context == null
                    ? computed
                    : computed.emitOn(command -> context.runOnContext(ignored -> command.run()));
        });
    }

    private static synchronized Executor threads() {
        Executor made = threads;
        if (made == null) {
            made = newThreads(Runtime.getRuntime().availableProcessors());
            threads = made;
        }
        return made;
    }

    /** As many threads as cores: more compute no faster, and Quarkus' own pool would make one for each call of a burst. */
    private static Executor newThreads(int most) {
        ThreadPoolExecutor made = new ThreadPoolExecutor(
                most,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("off-loop-", 1).factory());
        made.allowCoreThreadTimeOut(true);
        return made;
    }
}
