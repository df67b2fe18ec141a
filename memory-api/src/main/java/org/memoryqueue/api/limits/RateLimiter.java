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
import org.jboss.logging.Logger;
import org.memoryqueue.api.access.Caller;

/**
 * Limits how often a caller asks, by a token bucket that all instances share. While Redis is away each instance counts by
 * itself.
 *
 * <p>A caller who may ask very often is not counted one by one: an instance takes the tokens of a moment together, and uses
 * up what it took before it takes more.
 */
@Singleton
final class RateLimiter {

    private static final Logger LOG = Logger.getLogger(RateLimiter.class);

    /** What an instance takes at once of a rate: that of so long. What is unused after it is given up. */
    private static final Duration TAKEN_AT_ONCE = Duration.ofMillis(100);

    /** After Redis did not answer it is left alone for so long, so that not every request waits for it. */
    private static final long REST = Duration.ofSeconds(1).toNanos();

    private static final int MAX_STOCKS = 1_000;

    private final SharedBuckets shared;
    private final LocalBuckets local = new LocalBuckets();
    private final Map<String, Stock> stocks = new ConcurrentHashMap<>();
    private volatile long restsUntil = System.nanoTime();

    RateLimiter(SharedBuckets shared) {
        this.shared = shared;
    }

    /** Tokens that were taken from a shared bucket, and are not used yet. */
    private static final class Stock {
        private int count;
        private long expires;
        private Tokens taken = new Tokens(0, 0, Duration.ZERO, Duration.ZERO);

        synchronized boolean use() {
            if (count > 0 && System.nanoTime() - expires < 0) {
                count--;
                return true;
            }
            return false;
        }

        synchronized void put(Tokens tokens) {
            count = tokens.taken();
            expires = System.nanoTime() + TAKEN_AT_ONCE.toNanos();
            taken = tokens;
        }

        synchronized Tokens left() {
            return new Tokens(1, taken.left() + count, taken.untilFull(), Duration.ZERO);
        }
    }

    /**
     * Takes a token of a caller. Never fails.
     *
     * @param kind what the caller asks for; each kind has a bucket of its own
     */
    Uni<Tokens> take(Caller caller, String kind, Rate rate) {
        String bucket = kind + ":" + caller.role().word() + ":" + digest(caller.subject());
        int together = (int) (rate.perSecond() * TAKEN_AT_ONCE.toMillis() / 1000);
        if (together <= 1) {
            return takeShared(bucket, rate, 1);
        }
        Stock stock = stock(bucket);
        if (stock.use()) {
            return Uni.createFrom().item(stock.left());
        }
        return takeShared(bucket, rate, together).invoke(tokens -> {
            if (tokens.taken() > 1) {
                stock.put(tokens);
                stock.use();
            }
        });
    }

    private Stock stock(String bucket) {
        if (stocks.size() >= MAX_STOCKS) {
            stocks.clear();
        }
        return stocks.computeIfAbsent(bucket, ignored -> new Stock());
    }

    private Uni<Tokens> takeShared(String bucket, Rate rate, int wanted) {
        if (System.nanoTime() - restsUntil < 0) {
            return Uni.createFrom().item(() -> local.take(bucket, rate, System.nanoTime()));
        }
        return shared.take(bucket, rate, wanted).onFailure().recoverWithItem(failure -> {
            restsUntil = System.nanoTime() + REST;
            LOG.debugf("Callers are counted by this instance alone: %s", failure);
            return local.take(bucket, rate, System.nanoTime());
        });
    }

    /** Names of users are of any length, and nobody's business. */
    private static String digest(String subject) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
