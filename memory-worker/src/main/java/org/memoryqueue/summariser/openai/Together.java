package org.memoryqueue.summariser.openai;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.memoryqueue.summariser.Calls;
import org.memoryqueue.usage.Usage;

/**
 * Calls of which either all succeed, or none is of use: when one has failed for good, those under way are aborted, and no
 * other begins. What guards the calls passes no cancellation on, so each is raced against the end within.
 */
final class Together implements Calls {

    private final Calls calls;
    private final int atOnce;
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    Together(Calls calls, int atOnce) {
        this.calls = calls;
        this.atOnce = atOnce;
    }

    /**
     * Works on all, at most so many at once.
     *
     * @param work makes its calls through what it is given
     * @return the results in the order of the items; else the first failure
     */
    <T, R> Uni<List<R>> all(List<T> items, BiFunction<T, Calls, Uni<R>> work) {
        List<Numbered<T>> numbered = new ArrayList<>();
        items.forEach(item -> numbered.add(new Numbered<>(numbered.size(), item)));
        return Multi.createFrom()
                .iterable(numbered)
                .onItem()
                .transformToUni(
                        item -> work.apply(item.value(), this).map(result -> new Numbered<>(item.number(), result)))
                .merge(atOnce)
                .collect()
                .asList()
                .onTermination()
                .invoke(() -> over.complete(null))
                .map(results -> results.stream()
                        .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                        .map(Numbered::value)
                        .toList());
    }

    private record Numbered<T>(int number, T value) {}

    @Override
    public <T> Uni<T> make(Supplier<Uni<T>> call) {
        return calls.make(() -> over.isDone()
                ? aborted()
                : Uni.join().first(this.<T>end(), call.get()).toTerminate());
    }

    private <T> Uni<T> end() {
        return Uni.createFrom().completionStage(() -> over.copy()).onItem().transformToUni(ended -> aborted());
    }

    private static <T> Uni<T> aborted() {
        return Uni.createFrom().failure(() -> new CancellationException("another call has failed"));
    }

    @Override
    public void used(Usage usage) {
        calls.used(usage);
    }
}
