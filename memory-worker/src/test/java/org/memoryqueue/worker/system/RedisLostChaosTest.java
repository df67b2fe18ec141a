package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.memoryqueue.worker.system.Load.Pace;

/** Redis that forgets everything, or dies and comes back empty, under load. */
@ExtendWith(Arena.class)
class RedisLostChaosTest {

    private static final int FLUSHES = Size.of(5, 50);
    private static final int KILLS = Size.of(2, 20);
    private static final double PER_SECOND = 100;

    /** Between two faults so many sessions are accepted at most. */
    private static final int APART = 100;

    /** Longer than a hand-in ever takes, shorter than any time limit on the way to Redis. */
    private static final double PROMPT_SECONDS = 2;

    private final Random random = new Random(3);

    @Test
    void losesNothingRepeatsNoEffectAndGoesOnAccepting(RunningSystem system) throws Exception {
        ServiceProcess api = system.api();
        system.workers();
        Ledger ledger = new Ledger(system, "redis-lost-");
        Load load = Load.start(
                system,
                List.of(api),
                ledger,
                number -> Dialogues.session("redis-lost-", number),
                Integer.MAX_VALUE,
                Pace.steady(PER_SECOND));

        for (int fault = 0; fault < FLUSHES + KILLS; fault++) {
            awaitMore(ledger, 1 + random.nextInt(APART));
            if (fault % ((FLUSHES + KILLS) / KILLS) == 0 && fault / ((FLUSHES + KILLS) / KILLS) < KILLS) {
                system.redis().kill();
                awaitMore(ledger, 1 + random.nextInt(APART));
                system.redis().restart();
            } else {
                system.index().forgetEverything();
            }
        }
        load.stop(Duration.ofMinutes(1));
        Ledger.Balance balance = ledger.balance(Duration.ofMinutes(2), api);

        Report.row(
                "3: Redis loses everything",
                "%d times FLUSHALL, %d times kill -9 without AOF, %.0f sessions a second, 2 workers, %s"
                        .formatted(FLUSHES, KILLS, PER_SECOND, system.conditions()),
                "%s; hand-ins refused %d, unanswered %d, the slowest answered after %.1f s"
                        .formatted(balance, load.refused(), load.broken(), load.slowestSeconds()));
        assertThat(load.refused() + load.broken())
                .as("hand-ins refused or unanswered")
                .isZero();
        assertThat(load.slowestSeconds()).as("seconds until the slowest answer").isLessThan(PROMPT_SECONDS);
    }

    private static void awaitMore(Ledger ledger, int sessions) {
        int goal = ledger.size() + sessions;
        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(5)).until(() -> ledger.size() >= goal);
    }
}
