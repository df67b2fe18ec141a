package org.memoryqueue.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;

import io.vertx.mutiny.redis.client.Command;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.dispatch.StreamKeys;
import org.memoryqueue.testing.Beans;
import org.memoryqueue.testing.Clients;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;

/** Rounds are so long apart here that nobody's term ends during a test, and each duty is done once. */
class MaintenanceTest {

    private static final String ROUND = "1h";

    @RegisterExtension
    static final Stores stores = new Stores()
            .with("memory.group-commit.linger", "1ms")
            .with("memory.maintenance.every", ROUND)
            .with("memory.lease.duration", "3h");

    @RegisterExtension
    static final Stores withoutDispatchByIndex = new Stores()
            .with("memory.group-commit.linger", "1ms")
            .with("memory.maintenance.every", ROUND)
            .with("memory.lease.duration", "3h")
            .with("memory.queue.dispatch", "postgres");

    @BeforeEach
    void nobodyLeads() {
        for (Stores each : List.of(stores, withoutDispatchByIndex)) {
            each.rows("UPDATE memory.maintenance_leader SET holder = 'nobody', until = '-infinity'");
        }
        stores.redis(Command.FLUSHALL);
    }

    @AfterEach
    void schemaIsComplete() {
        stores.rows("UPDATE memory.flyway_schema_history SET success = true");
    }

    @Test
    void doesEveryDutyOfTheLeader() {
        Work work = new Work(stores);
        Maintenance maintenance = process(stores);

        await(maintenance.lead());
        doRounds(maintenance);

        assertThat(work.wasDone()).isTrue();
        assertThat(stores.redis(Command.EXISTS, StreamKeys.MARK).toInteger()).isEqualTo(1);
    }

    @Test
    void doesNothingWhereItDoesNotLead() {
        Work work = new Work(stores);
        Maintenance never = process(stores);
        await(process(stores).lead());
        Maintenance second = process(stores);
        await(second.lead());

        doRounds(never);
        doRounds(second);

        assertThat(work.wasTouched()).isFalse();
    }

    @Test
    void doesNotLeadBeforeTheSchemaIsAsItNeedsIt() {
        Work work = new Work(stores);
        stores.rows("UPDATE memory.flyway_schema_history SET success = false");
        Maintenance maintenance = process(stores);

        await(maintenance.lead());
        doRounds(maintenance);

        assertThat(work.wasTouched()).isFalse();
        assertThat(stores.value("SELECT holder FROM memory.maintenance_leader")).isEqualTo("nobody");
    }

    @Test
    void doesTheOtherDutiesWhenSomeFail() {
        Work work = new Work(stores);
        Beans withoutIndex = stores.beansWith(
                Clients.of(Map.of("REDIS_HOST", "127.0.0.1", "REDIS_PORT", "1")).redis());
        Maintenance maintenance = withoutIndex.get(Maintenance.class);

        await(maintenance.lead());
        doRounds(maintenance);

        assertThat(work.wasDone()).isTrue();
    }

    @Test
    void doesEachDutyWhenItIsDue() {
        Maintenance maintenance = process(stores);
        await(maintenance.lead());
        doRounds(maintenance);
        Work work = new Work(stores);

        doRounds(maintenance);

        assertThat(work.wasTouched()).isFalse();
    }

    @Test
    void leavesTheIndexAloneWhereItIsNotUsed() {
        Work work = new Work(withoutDispatchByIndex);
        Maintenance maintenance = process(withoutDispatchByIndex);

        await(maintenance.lead());
        doRounds(maintenance);

        assertThat(work.wasDone()).isTrue();
        assertThat(stores.redis(Command.EXISTS, StreamKeys.MARK).toInteger()).isZero();
    }

    private static void doRounds(Maintenance process) {
        await(process.round());
        await(process.indexRound());
        await(process.housekeepingRound());
    }

    private static Maintenance process(Stores in) {
        return in.beansWith(in.redis()).get(Maintenance.class);
    }

    /** One job for each duty that looks after jobs. */
    private static final class Work {

        private final Jobs jobs;
        private final Stores in;
        private final long lost;
        private final long delayed;
        private final long old;

        Work(Stores in) {
            this.in = in;
            this.jobs = new Jobs(in);
            this.lost = jobs.leased(transcript(session(), 4)).jobId();
            jobs.expire(lost);
            this.delayed = jobs.accepted(transcript(session(), 4));
            jobs.delay(delayed, false);
            this.old = jobs.completed(transcript(session(), 4), summary()).jobId();
            in.rows("UPDATE memory.memory_job SET finished_at = now() - interval '2 days' WHERE id = $1", old);
        }

        boolean wasDone() {
            return isReclaimed() && isPromoted() && isPruned();
        }

        boolean wasTouched() {
            return isReclaimed() || isPromoted() || isPruned();
        }

        private boolean isReclaimed() {
            return jobs.state(lost).equals("queued");
        }

        private boolean isPromoted() {
            return !jobs.row(delayed).getBoolean("delayed");
        }

        private boolean isPruned() {
            return in.rows("SELECT FROM memory.memory_job WHERE id = $1", old).isEmpty();
        }
    }
}
