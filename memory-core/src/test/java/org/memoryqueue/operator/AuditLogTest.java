package org.memoryqueue.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.control.QueueMode;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.job.Priority;
import org.memoryqueue.status.ShownState;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;

class AuditLogTest {

    @RegisterExtension
    static final Stores stores = new Stores();

    private final Jobs jobs = new Jobs(stores);

    @Test
    void tellsWhoDidWhatToWhatAndHowMuchThatChanged() {
        long job = jobs.failed(transcript(session(), 4)).jobId();
        await(stores.bean(Retry.class).retry(job, "ada"));
        await(stores.bean(Retry.class).retry(job, "ada"));
        await(stores.bean(Cancellation.class).cancel(job, "ada"));
        await(stores.bean(Cancellation.class).cancel(Long.MAX_VALUE, "ada"));
        await(stores.bean(QueueSwitch.class).turn(QueueMode.PAUSED, "grace"));
        await(stores.bean(QueueSwitch.class).turn(QueueMode.DRAINING, "grace"));
        await(stores.bean(QueueSwitch.class).turn(QueueMode.RUNNING, "grace"));
        await(stores.bean(QueueSwitch.class).turn(QueueMode.RUNNING, "grace"));

        assertThat(read(null, 8).items())
                .allSatisfy(action -> assertThat(action.at()).isNotNull())
                .extracting(action -> Stream.of(action.operator(), action.action(), action.jobId(), action.changed())
                        .map(String::valueOf)
                        .toList())
                .containsExactly(
                        List.of("grace", "resume", "null", "0"),
                        List.of("grace", "resume", "null", "1"),
                        List.of("grace", "drain", "null", "1"),
                        List.of("grace", "pause", "null", "1"),
                        List.of("ada", "cancel", String.valueOf(Long.MAX_VALUE), "0"),
                        List.of("ada", "cancel", String.valueOf(job), "1"),
                        List.of("ada", "retry", String.valueOf(job), "0"),
                        List.of("ada", "retry", String.valueOf(job), "1"));
    }

    @Test
    void keepsTheFilterButNotWhoTheStudentIs() {
        OffsetDateTime from = OffsetDateTime.parse("2026-01-15T09:00:00+01:00");
        await(stores.bean(Retry.class)
                .retryMatching(
                        new JobFilter(
                                ShownState.FAILED,
                                Priority.LOW,
                                "student-of-whom-nothing-is-kept",
                                "room-7",
                                from,
                                from.plusHours(1),
                                ErrorCode.POISON),
                        "ada"));
        assertThat(read(null, 1).items().getFirst().filter())
                .isEqualTo(Map.of(
                        "state", "failed",
                        "priority", "low",
                        "studentId", "(withheld)",
                        "roomId", "room-7",
                        "from", "2026-01-15T08:00:00Z",
                        "to", "2026-01-15T09:00:00Z",
                        "errorCode", "poison"));
        assertThat(stores.everything().toString()).doesNotContain("of-whom-nothing-is-kept");
    }

    @Test
    void isReadPageByPage() {
        for (int i = 0; i < 5; i++) {
            await(stores.bean(Cancellation.class).cancel(Long.MAX_VALUE, "operator " + i));
        }
        Page<OperatorAction> first = read(null, 3);
        Page<OperatorAction> second = read(first.next().orElseThrow(), 2);
        assertThat(Stream.concat(first.items().stream(), second.items().stream())
                        .map(OperatorAction::operator))
                .containsExactly("operator 4", "operator 3", "operator 2", "operator 1", "operator 0");
    }

    private static Page<OperatorAction> read(@Nullable Long after, int limit) {
        return await(stores.bean(AuditLog.class).read(after, limit));
    }
}
