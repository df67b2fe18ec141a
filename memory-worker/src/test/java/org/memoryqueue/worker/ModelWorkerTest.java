package org.memoryqueue.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.memoryqueue.intake.Enqueuer;
import org.memoryqueue.intake.PriorityConfig;
import org.memoryqueue.intake.Submission;
import org.memoryqueue.job.JobState;
import org.memoryqueue.operator.InspectedJob;
import org.memoryqueue.operator.JobInspection;
import org.memoryqueue.status.JobReader;
import org.memoryqueue.status.JobRow;
import org.memoryqueue.testing.model.FakeModel;
import org.memoryqueue.testing.model.PartAnswers;
import org.memoryqueue.testing.model.Reply;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;
import org.memoryqueue.usage.Usage;

/** A whole worker with a language model: what it costs, and what happens when there is nothing left to spend. */
@QuarkusTest
@QuarkusTestResource(MigratedStores.class)
@TestProfile(WithModel.class)
class ModelWorkerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Enqueuer enqueuer;

    @Inject
    PriorityConfig priorities;

    @Inject
    JobReader jobs;

    @Inject
    JobInspection inspection;

    @Inject
    Pool pool;

    @ConfigProperty(name = "memory.llm.base-url")
    URI address;

    private FakeModel model;

    @BeforeAll
    static void waitPatiently() {
        Awaitility.setDefaultTimeout(PATIENCE);
    }

    @BeforeEach
    void start() {
        model = FakeModel.start(address.getPort());
    }

    @AfterEach
    void stop() {
        sql("DELETE FROM memory.llm_usage_of_day");
        model.close();
    }

    @Test
    void putsWhatItUsedDownToTheJobAndTheDayAndNamesTheModelInTheMemory() {
        model.reply(Reply.answer(summary(), "{\"prompt_tokens\": 900, \"completion_tokens\": 100}"));
        long job = enqueue("How do I add 1/2 and 1/3?");
        awaitState(job, JobState.COMPLETED);

        await().untilAsserted(() ->
                assertThat(inspect(job).usage()).isEqualTo(new Usage(1, 900, 100, new BigDecimal("0.001000000"))));
        assertThat(value("SELECT generator FROM memory.student_chat_memories WHERE job_id = $1", job))
                .isEqualTo("openai/2 openai/gpt-4.1-nano 127.0.0.1");
        assertThat(value("SELECT calls >= 1 FROM memory.llm_usage_of_day")).isEqualTo(true);
        given().get("/q/metrics")
                .then()
                .body(containsString("memory_llm_calls_total{outcome=\"answered\""))
                .body(containsString("memory_llm_tokens_total{kind=\"prompt\""))
                .body(containsString("memory_llm_cost_total"))
                .body(containsString("memory_llm_budget_exhausted"));
    }

    @Test
    void failsAJobWhoseAnswersStayInvalidWithTheReasonAndCountsAllItsCalls() {
        model.reply(Reply.answer("{}", "{\"prompt_tokens\": 900, \"completion_tokens\": 10}"));
        long job = enqueue("secret");
        awaitState(job, JobState.FAILED);

        assertThat(job(job).failedReason())
                .isEqualTo("the answer of the model breaks its schema: answer lacks a property");
        await().untilAsserted(() -> assertThat(inspect(job).usage()).isNotNull().satisfies(usage -> {
            assertThat(usage.calls()).isEqualTo(3);
            assertThat(usage.promptTokens()).isEqualTo(2_700);
        }));
    }

    @Test
    void makesOneMemoryOfATranscriptThatIsLongerThanAPrompt() {
        model.reply(PartAnswers::to);
        long job = enqueue(IntStream.range(0, 40)
                .mapToObj(i -> ("Saying number " + i + ". ").repeat(150))
                .toArray(String[]::new));
        awaitState(job, JobState.COMPLETED);

        assertThat(value(
                        "SELECT jsonb_array_length(evidence) > 6 FROM memory.student_chat_memories WHERE job_id = $1",
                        job))
                .isEqualTo(true);
        await().untilAsserted(() -> assertThat(inspect(job).usage())
                .isNotNull()
                .satisfies(usage -> assertThat(usage.calls()).isGreaterThan(3)));
    }

    @Test
    void leavesJobsAloneWhileNothingIsLeftOfTheBudgetAndGoesOnWhenTheDayIsOver() {
        model.reply(Reply.answer(summary(), "{\"prompt_tokens\": 1, \"completion_tokens\": 1}"));
        sql("INSERT INTO memory.llm_usage_of_day VALUES ((now() AT TIME ZONE 'UTC')::date, 1, 1, 1, 100)"
                + " ON CONFLICT (day) DO UPDATE SET cost = 100");
        await().untilAsserted(
                        () -> given().get("/q/metrics").then().body(containsString("memory_llm_budget_exhausted 1")));
        long job = enqueue("How do I add 1/2 and 1/3?");
        long calls = model.calls();

        Instant begun = Instant.now();
        await().pollInterval(Duration.ofMillis(200)).until(() -> {
            assertThat(job(job).state()).isEqualTo(JobState.QUEUED);
            return Instant.now().isAfter(begun.plusSeconds(3));
        });
        assertThat(model.calls()).isEqualTo(calls);
        sql("UPDATE memory.llm_usage_of_day SET day = day - 1");

        awaitState(job, JobState.COMPLETED);
        assertThat(job(job).attempts()).isEqualTo(1);
        assertThat(inspect(job).attempts()).hasSize(1);
    }

    private static String summary() {
        return """
                {"summary": "They talked.", "topics": [], "understood": [], "struggling": [], "progress": "",
                 "next_steps": "", "observations": [],
                 "assessment": {"solved_unaided": null, "outcome": "unknown", "confidence": 0}}""";
    }

    private long enqueue(String... words) {
        List<Message> messages = IntStream.range(0, words.length)
                .mapToObj(i -> new Message(i % 2 == 0 ? "user" : "assistant", words[i]))
                .toList();
        Instant start = Instant.now().minusSeconds(60);
        Session session = new Session(UUID.randomUUID().toString(), "bot", "room", start);
        return enqueuer.enqueue(Submission.of(new Transcript(session, messages), priorities))
                .await()
                .atMost(PATIENCE)
                .jobId();
    }

    private void awaitState(long job, JobState state) {
        await().untilAsserted(() -> assertThat(job(job).state()).isEqualTo(state));
    }

    private JobRow job(long id) {
        return jobs.find(id).await().atMost(PATIENCE).orElseThrow();
    }

    private InspectedJob inspect(long id) {
        return inspection.inspect(id).await().atMost(PATIENCE).orElseThrow();
    }

    private Object value(String query, Object... parameters) {
        return pool.preparedQuery(query)
                .execute(Tuple.from(List.of(parameters)))
                .await()
                .atMost(PATIENCE)
                .iterator()
                .next()
                .getValue(0);
    }

    private void sql(String statement) {
        pool.query(statement).execute().await().atMost(PATIENCE);
    }
}
