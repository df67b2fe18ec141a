package org.memoryqueue.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.job.JobState;
import org.memoryqueue.job.Priority;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;
import org.memoryqueue.transcript.Session;

class JobReaderTest {

    @RegisterExtension
    static final Stores stores = new Stores();

    private final Jobs jobs = new Jobs(stores);

    @Test
    void findsNothingWhereThereIsNoJob() {
        assertThat(await(stores.bean(JobReader.class).find(Long.MAX_VALUE))).isEmpty();
    }

    @Test
    void showsAWaitingJob() {
        Session session = session();
        JobRow job = find(jobs.accepted(transcript(session, 4)));
        assertThat(job.studentId()).isEqualTo(session.studentId());
        assertThat(job.chatbotId()).isEqualTo(session.chatbotId());
        assertThat(job.roomId()).isEqualTo(session.roomId());
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        assertThat(job.priority()).isEqualTo(Priority.NORMAL);
        assertThat(job.delayed()).isFalse();
        assertThat(job.attempts()).isZero();
        assertThat(job.startedAt()).isNull();
        assertThat(job.finishedAt()).isNull();
        assertThat(job.memoryId()).isNull();
        assertThat(job.failedReason()).isNull();
    }

    @Test
    void showsAsDelayedOnlyWhatIsNotDueYet() {
        long later = jobs.accepted(transcript(session(), 4));
        long due = jobs.accepted(transcript(session(), 4));
        jobs.delay(later, true);
        jobs.delay(due, false);
        assertThat(find(later).delayed()).isTrue();
        assertThat(find(due).delayed()).isFalse();
    }

    @Test
    void showsARunningJobWithItsAttempt() {
        JobRow job = find(jobs.leased(transcript(session(), 4)).jobId());
        assertThat(job.state()).isEqualTo(JobState.RUNNING);
        assertThat(job.attempts()).isEqualTo(1);
        assertThat(job.startedAt()).isNotNull();
    }

    @Test
    void showsWhatBecameOfAJob() {
        Lease completed = jobs.completed(transcript(session(), 4), summary());
        Lease failed = jobs.failed(transcript(session(), 4));
        assertThat(find(completed.jobId()).memoryId()).isNotNull();
        assertThat(find(completed.jobId()).finishedAt()).isNotNull();
        assertThat(find(failed.jobId()).state()).isEqualTo(JobState.FAILED);
        assertThat(find(failed.jobId()).failedReason()).isEqualTo("It was refused");
    }

    private static JobRow find(long id) {
        return await(stores.bean(JobReader.class).find(id)).orElseThrow();
    }
}
