package org.memoryqueue.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;
import static org.memoryqueue.testing.Stores.awaitAll;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.memoryqueue.control.QueueControl;
import org.memoryqueue.control.QueueMode;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.operator.QueueSwitch.Turned;
import org.memoryqueue.status.QueueCountsReader;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;

class QueueSwitchTest {

    @RegisterExtension
    static final Stores stores = new Stores();

    private final Jobs jobs = new Jobs(stores);

    @AfterEach
    void resume() {
        turn(QueueMode.RUNNING);
    }

    @ParameterizedTest
    @EnumSource(
            value = QueueMode.class,
            names = {"PAUSED", "DRAINING"})
    void stopsHandingOutWorkUntilResumedAndFinishesWhatRuns(QueueMode mode) {
        Lease running = jobs.leased(transcript(session(), 4));
        long waiting = jobs.accepted(transcript(session(), 4));

        assertThat(turn(mode)).isEqualTo(new Turned(mode, QueueMode.RUNNING, 1));

        assertThat(jobs.claim(waiting).leased()).isEmpty();
        jobs.complete(running, summary());
        assertThat(jobs.state(running.jobId())).isEqualTo("completed");
        assertThat(turn(QueueMode.RUNNING)).isEqualTo(new Turned(QueueMode.RUNNING, mode, 0));
        assertThat(jobs.claim(waiting).leased()).hasSize(1);
        jobs.cancel(waiting);
    }

    @Test
    void changesNothingTheSecondTimeButKeepsARecordOfIt() {
        turn(QueueMode.PAUSED);
        QueueControl.Setting setting = setting();
        Map<String, List<String>> before = Records.allElse(stores);
        long records = Records.count(stores);

        assertThat(turn(QueueMode.PAUSED)).isEqualTo(new Turned(QueueMode.PAUSED, QueueMode.PAUSED, 0));

        assertThat(setting()).isEqualTo(setting);
        assertThat(Records.allElse(stores)).isEqualTo(before);
        assertThat(Records.count(stores)).isEqualTo(records + 1);
    }

    @Test
    void makesWorkersLookUpEachTimeItChangesSomething() {
        long changes = setting().changes();
        turn(QueueMode.PAUSED);
        turn(QueueMode.PAUSED);
        turn(QueueMode.DRAINING);
        assertThat(setting()).isEqualTo(new QueueControl.Setting(QueueMode.DRAINING, changes + 2));
    }

    @Test
    void saysWhoChangedItLast() {
        await(stores.bean(QueueSwitch.class).turn(QueueMode.PAUSED, "ada"));
        await(stores.bean(QueueSwitch.class).turn(QueueMode.PAUSED, "grace"));
        assertThat(stores.value("SELECT changed_by FROM memory.queue_control")).isEqualTo("ada");
    }

    @Test
    void isSeenByProcessesThatStartLater() {
        turn(QueueMode.PAUSED);
        assertThat(await(stores.beansWith(stores.redis())
                                .get(QueueCountsReader.class)
                                .read())
                        .isPaused())
                .isTrue();
    }

    @Test
    void changesSomethingOnceWhenManyOperatorsDoTheSameAtOnce() {
        long changes = setting().changes();
        List<Turned> turned = awaitAll(IntStream.range(0, 16)
                .mapToObj(i -> stores.bean(QueueSwitch.class).turn(QueueMode.PAUSED, "operator " + i))
                .toList());
        assertThat(turned).filteredOn(one -> one.previous() != one.mode()).hasSize(1);
        assertThat(setting().changes()).isEqualTo(changes + 1);
    }

    private static Turned turn(QueueMode mode) {
        return await(stores.bean(QueueSwitch.class).turn(mode, "operator"));
    }

    private static QueueControl.Setting setting() {
        return await(stores.bean(QueueControl.class).read());
    }
}
