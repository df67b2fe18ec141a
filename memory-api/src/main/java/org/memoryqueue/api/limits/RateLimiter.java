package org.memoryqueue.api.limits;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.access.Caller;
import org.memoryqueue.api.access.Role;
import org.memoryqueue.dispatch.DispatchConfig;
import org.memoryqueue.dispatch.DispatchConfig.Dispatch;

/**
 * Limits how often a caller asks, by a token bucket that all instances share. While Redis is away, or where none is used,
 * each instance counts by itself.
 *
 * <p>A caller who may ask very often is not counted one by one: an instance takes the tokens of a moment together, and uses
 * up what it took before it takes more.
 */
@Singleton
final class RateLimiter {

    private static final Logger LOG = Logger.getLogger(RateLimiter.class);

    /** What an instance takes at once of a rate: that of so long. */
    private static final Duration TAKEN_AT_ONCE = Duration.ofMillis(100);

    /** After Redis did not answer it is left alone for so long, so that not every request waits for it. */
    private static final long REST = Duration.ofSeconds(1).toNanos();

    private static final int MAX_STOCKS = 1_000;

    private final SharedBuckets shared;
    private final boolean isShared;
    private final LocalBuckets local = new LocalBuckets();
    private final Map<Bucket, Stock> stocks = new ConcurrentHashMap<>();
    private volatile long restsUntil = System.nanoTime();

    RateLimiter(SharedBuckets shared, DispatchConfig dispatch) {
        this.shared = shared;
        this.isShared = dispatch.dispatch() == Dispatch.AUTO;
    }

    private record Bucket(String kind, Role role, String subject) {

        /** Names of users are of any length, and nobody's business. */
        String name() {
            return kind + ":" + role.word() + ":" + digest(subject);
        }
    }

    /** Tokens that were taken from a shared bucket, and are not used yet. It is filled by one request at a time. */
    private static final class Stock {

        private int count;
        private Tokens taken = new Tokens(0, 0, Duration.ZERO, Duration.ZERO);
        private @Nullable Uni<Tokens> filling;

        synchronized @Nullable Tokens use() {
            if (count == 0) {
                return null;
            }
            count--;
            return new Tokens(1, taken.left() + count, taken.untilFull(), Duration.ZERO);
        }

        synchronized Uni<Tokens> fill(Supplier<Uni<Tokens>> source) {
            Uni<Tokens> running = filling;
            if (running == null) {
                running = source.get().invoke(this::put).memoize().indefinitely();
                filling = running;
            }
            return running;
        }

        private synchronized void put(Tokens tokens) {
            count += tokens.taken();
            taken = tokens;
            filling = null;
        }
    }

    /**
     * Takes a token of a caller. Never fails.
     *
     * @param kind what the caller asks for; each kind has a bucket of its own
     */
    Uni<Tokens> take(Caller caller, String kind, Rate rate) {
        Bucket bucket = new Bucket(kind, caller.role(), caller.subject());
        int together = (int) (rate.perSecond() * TAKEN_AT_ONCE.toMillis() / 1000);
        return together <= 1 ? takeShared(bucket.name(), rate, 1) : takeOf(stock(bucket), bucket, rate, together);
    }

    private Uni<Tokens> takeOf(Stock stock, Bucket bucket, Rate rate, int together) {
        Tokens mine = stock.use();
        if (mine != null) {
            return Uni.createFrom().item(mine);
        }
        // Where more wait for the same filling than it brings, some go on to the next.
        return stock.fill(() -> takeShared(bucket.name(), rate, together))
                .flatMap(tokens ->
                        tokens.taken() == 0 ? Uni.createFrom().item(tokens) : takeOf(stock, bucket, rate, together));
    }

    private Stock stock(Bucket bucket) {
        if (stocks.size() >= MAX_STOCKS) {
            stocks.clear();
        }
        return stocks.computeIfAbsent(bucket, ignored -> new Stock());
    }

    private Uni<Tokens> takeShared(String bucket, Rate rate, int wanted) {
        if (!isShared || System.nanoTime() - restsUntil < 0) {
            return Uni.createFrom().item(() -> local.take(bucket, rate, System.nanoTime()));
        }
        return shared.take(bucket, rate, wanted).onFailure().recoverWithItem(failure -> {
            restsUntil = System.nanoTime() + REST;
            LOG.debugf("Callers are counted by this instance alone: %s", failure);
            return local.take(bucket, rate, System.nanoTime());
        });
    }

    private static String digest(String subject) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
