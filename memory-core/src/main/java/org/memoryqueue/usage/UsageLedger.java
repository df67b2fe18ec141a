package org.memoryqueue.usage;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Keeps what was used, for all workers together. Days are those of UTC, on the database's clock. */
@Singleton
public final class UsageLedger {

    // A batch that is not newer than the latest of its writer adds nothing; one that is sent again while it is still
    // being written waits there. Then the row of the day is taken, and those of jobs at the end, since what no other
    // part of a statement reads is carried out last: so two workers cannot deadlock over jobs.
    private static final String RECORD = """
            WITH newer AS (
                INSERT INTO memory.llm_usage_writer AS w (writer, batch) VALUES ($8::uuid, $9::bigint)
                    ON CONFLICT (writer) DO UPDATE SET batch = excluded.batch, updated_at = now()
                 WHERE w.batch < excluded.batch
                RETURNING writer
            ), used AS (
                SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[]::numeric[])
                           AS u (job_id, calls, prompt_tokens, completion_tokens, cost)
                 WHERE EXISTS (SELECT FROM newer)
            ), of_job AS (
                INSERT INTO memory.llm_usage_of_job AS j (job_id, calls, prompt_tokens, completion_tokens, cost)
                SELECT * FROM used ORDER BY job_id
                    ON CONFLICT (job_id) DO UPDATE
                   SET calls = j.calls + excluded.calls,
                       prompt_tokens = j.prompt_tokens + excluded.prompt_tokens,
                       completion_tokens = j.completion_tokens + excluded.completion_tokens,
                       cost = j.cost + excluded.cost,
                       updated_at = now()
            )
            INSERT INTO memory.llm_usage_of_day AS d (
                   day, calls, prompt_tokens, completion_tokens, cost, cost_budget, token_budget)
            SELECT (now() AT TIME ZONE 'UTC')::date, sum(calls), sum(prompt_tokens), sum(completion_tokens), sum(cost),
                   $6::text::numeric, $7::bigint
              FROM used
            HAVING count(*) > 0
                ON CONFLICT (day) DO UPDATE
               SET calls = d.calls + excluded.calls,
                   prompt_tokens = d.prompt_tokens + excluded.prompt_tokens,
                   completion_tokens = d.completion_tokens + excluded.completion_tokens,
                   cost = d.cost + excluded.cost,
                   cost_budget = excluded.cost_budget,
                   token_budget = excluded.token_budget
            RETURNING calls, prompt_tokens, completion_tokens, cost::text
            """;

    private static final String TODAY = """
            SELECT calls, prompt_tokens, completion_tokens, cost::text
              FROM memory.llm_usage_of_day
             WHERE day = (now() AT TIME ZONE 'UTC')::date
            """;

    private static final String DAYS = """
            SELECT day, coalesce(calls, 0) AS calls, coalesce(prompt_tokens, 0) AS prompt_tokens,
                   coalesce(completion_tokens, 0) AS completion_tokens, coalesce(cost, 0)::text AS cost,
                   cost_budget::text, token_budget
              FROM (SELECT (now() AT TIME ZONE 'UTC')::date - n AS day FROM generate_series(0, $1::int - 1) AS n) AS asked
              LEFT JOIN memory.llm_usage_of_day USING (day)
             ORDER BY day DESC
            """;

    private final Pool pool;

    UsageLedger(Pool pool) {
        this.pool = pool;
    }

    /**
     * Adds what was used to the day and to the jobs, once, however often the batch is given. When it fails, or is given
     * up, the outcome is open: give it again until it succeeds, within the day for which writers are remembered.
     *
     * @param budget noted for those who look at the day
     * @return what all workers have used on this day
     */
    public Uni<Usage> record(Batch batch, DailyBudget budget) {
        List<Map.Entry<Long, Usage>> used = List.copyOf(batch.byJob().entrySet());
        return pool.preparedQuery(RECORD)
                .execute(Tuple.tuple()
                        .addValue(used.stream().map(Map.Entry::getKey).toArray(Long[]::new))
                        .addValue(numbers(used, Usage::calls))
                        .addValue(numbers(used, Usage::promptTokens))
                        .addValue(numbers(used, Usage::completionTokens))
                        .addValue(used.stream()
                                .map(entry -> entry.getValue().cost().toPlainString())
                                .toArray(String[]::new))
                        .addString(budget.cost() == null ? null : budget.cost().toPlainString())
                        .addLong(budget.tokens())
                        .addUUID(batch.writer())
                        .addLong(batch.number()))
                .flatMap(rows -> rows.size() == 0
                        ? today()
                        : Uni.createFrom().item(usage(rows.iterator().next())));
    }

    private static Long[] numbers(List<Map.Entry<Long, Usage>> used, Function<Usage, Long> number) {
        return used.stream().map(Map.Entry::getValue).map(number).toArray(Long[]::new);
    }

    /** What all workers have used on this day. */
    public Uni<Usage> today() {
        return pool.preparedQuery(TODAY)
                .execute()
                .map(rows ->
                        rows.size() == 0 ? Usage.NONE : usage(rows.iterator().next()));
    }

    /**
     * What was used on the latest days, today first; a day on which nothing was is there, too.
     *
     * @param count how many days, at least 1
     */
    public Uni<List<DayOfUsage>> latestDays(int count) {
        return pool.preparedQuery(DAYS).execute(Tuple.of(count)).map(rows -> {
            List<DayOfUsage> days = new ArrayList<>();
            rows.forEach(row -> days.add(new DayOfUsage(row.getLocalDate("day"), usage(row), budget(row))));
            return days;
        });
    }

    /** Reads the columns of that name. */
    public static Usage usage(Row row) {
        return new Usage(
                row.getLong("calls"),
                row.getLong("prompt_tokens"),
                row.getLong("completion_tokens"),
                new BigDecimal(row.getString("cost")));
    }

    private static DailyBudget budget(Row row) {
        String cost = row.getString("cost_budget");
        return new DailyBudget(cost == null ? null : new BigDecimal(cost), row.getLong("token_budget"));
    }
}
