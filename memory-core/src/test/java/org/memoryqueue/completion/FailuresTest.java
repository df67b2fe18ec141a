package org.memoryqueue.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;

import io.vertx.mutiny.sqlclient.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;

class FailuresTest {

    @RegisterExtension
    static final Stores stores = new Stores();

    private final Jobs jobs = new Jobs(stores);

    @Test
    void makeADeadLetterThatSaysWhy() {
        Lease lease = jobs.leased(transcript(session(), 4));
        assertThat(fail(lease, "The answer was empty")).isEqualTo(CompletionOutcome.COMMITTED);
        Row row = jobs.row(lease.jobId());
        assertThat(row.getString("state")).isEqualTo("failed");
        assertThat(row.getString("error_code")).isEqualTo("summariser_error");
        assertThat(row.getString("failed_reason")).isEqualTo("The answer was empty");
        assertThat(row.getOffsetDateTime("finished_at")).isNotNull();
    }

    @Test
    void changeNothingUnderALeaseThatWasLost() {
        Lease lost = jobs.leased(transcript(session(), 4));
        jobs.expire(lost.jobId());
        jobs.leased(lost.jobId());
        var before = stores.everything();
        assertThat(fail(lost, "too late")).isEqualTo(CompletionOutcome.STALE);
        assertThat(stores.everything()).isEqualTo(before);
    }

    @Test
    void cutAReasonThatIsTooLong() {
        Lease lease = jobs.leased(transcript(session(), 4));
        fail(lease, "x".repeat(499) + "🤔 and so on");
        assertThat(jobs.row(lease.jobId()).getString("failed_reason")).isEqualTo("x".repeat(499));
    }

    @Test
    void sayWhyAlsoInCharactersThatPostgresDoesNotStore() {
        Lease lease = jobs.leased(transcript(session(), 4));
        assertThat(fail(lease, "NUL \u0000 in it")).isEqualTo(CompletionOutcome.COMMITTED);
        assertThat(jobs.row(lease.jobId()).getString("failed_reason")).isEqualTo("NUL \uFFFD in it");
    }

    private static CompletionOutcome fail(Lease lease, String reason) {
        return await(stores.bean(Failures.class).fail(lease, ErrorCode.SUMMARISER_ERROR, reason));
    }
}
