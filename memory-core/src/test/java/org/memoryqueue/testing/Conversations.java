package org.memoryqueue.testing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.memoryqueue.intake.Submission;
import org.memoryqueue.job.Priority;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Insights;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.transcript.Fingerprint;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;

/** Made-up sessions, what was said in them, and summaries. */
public final class Conversations {

    private static final AtomicLong MINUTES = new AtomicLong();
    private static final Instant FIRST_START = Instant.parse("2026-09-01T06:00:00Z");

    private Conversations() {}

    /** A student whom nobody else knows. */
    public static String student() {
        return "student-" + UUID.randomUUID();
    }

    /** A session of a student of its own. */
    public static Session session() {
        return session(student());
    }

    /** A new session of that student. */
    public static Session session(String student) {
        return new Session(
                student, "tutor", "room-7b", FIRST_START.plus(MINUTES.incrementAndGet(), ChronoUnit.MINUTES));
    }

    /** What was said in a session, student and tutor in turn; a shorter one is a prefix of a longer one. */
    public static Transcript transcript(Session session, int messages) {
        return new Transcript(
                session,
                IntStream.range(0, messages)
                        .mapToObj(i -> i % 2 == 0
                                ? new Message(Message.STUDENT, "question " + i)
                                : new Message(Message.TUTOR, "answer " + i))
                        .toList());
    }

    /** A transcript that starts like no other. */
    public static Transcript transcriptAbout(Session session, String subject) {
        return new Transcript(
                session, List.of(new Message(Message.STUDENT, subject), new Message(Message.TUTOR, "well …")));
    }

    /** A hand-in of normal priority. */
    public static Submission submission(Transcript transcript) {
        return submission(transcript, Priority.NORMAL);
    }

    /** A hand-in. */
    public static Submission submission(Transcript transcript, Priority priority) {
        return new Submission(transcript, Fingerprint.of(transcript.messages()), priority);
    }

    /** A summary that says nothing but these observations. */
    public static Summary summary(Observation... observations) {
        return summary("They talked.", observations);
    }

    /** A summary in these words, with these observations. */
    public static Summary summary(String words, Observation... observations) {
        return new Summary(
                "test/1",
                words,
                List.of("fractions"),
                new Insights(List.of("halves"), List.of("thirds"), "moved on"),
                "practise thirds",
                new Assessment(0.5, Assessment.Outcome.SOLVED_WITH_HELP, 0.75),
                List.of(new Evidence(Evidence.Kind.UNDERSTOOD, "halves", 0, "question 0")),
                List.of(observations));
    }
}
