package org.memoryqueue.summariser;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;
import org.memoryqueue.usage.Usage;

/** The calls that a summariser makes for one attempt at one job, and what becomes of them. */
public interface Calls {

    /** Makes each call once, and keeps no account. */
    Calls PLAIN = new Calls() {

        @Override
        public <T> Uni<T> make(Supplier<Uni<T>> call) {
            return Uni.createFrom().deferred(call::get);
        }

        @Override
        public void used(Usage usage) {
            // Nobody wants to know.
        }
    };

    /**
     * Makes a call, and makes it again when it failed for what can heal within seconds. What it fails with in the end is
     * to be passed on.
     *
     * @param call begins anew each time that it is asked for; it must be cancellable, and end by itself within a minute;
     *     when it is given up for a reason that is none of the model's, it fails with a
     *     {@link java.util.concurrent.CancellationException}
     */
    <T> Uni<T> make(Supplier<Uni<T>> call);

    /** Notes what a call of a language model has used; also of one whose answer is of no use. */
    void used(Usage usage);
}
