package org.memoryqueue.kubernetes;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Computes something when it is first asked for, once. */
final class Once<T> implements Supplier<T> {

    private final Supplier<T> supplier;
    private @Nullable T value;

    private Once(Supplier<T> supplier) {
        this.supplier = supplier;
    }

    static <T> Once<T> of(Supplier<T> supplier) {
        return new Once<>(supplier);
    }

    @Override
    public synchronized T get() {
        T known = value;
        if (known == null) {
            known = supplier.get();
            value = known;
        }
        return known;
    }
}
