package org.memoryqueue.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Stores.await;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.memoryqueue.testing.Stores;

/** A call that has begun when another changes the job under it. */
final class Interrupted {

    private Interrupted() {}

    /**
     * Makes a call wait for a change, and then see it.
     *
     * @param change a statement with the job as its only parameter
     */
    static <T> T by(String change, long job, Uni<T> call, Stores stores) {
        SqlConnection other = await(stores.pool().getConnection());
        Transaction transaction = await(other.begin());
        await(other.preparedQuery(change).execute(Tuple.of(job)));
        CompletableFuture<T> waiting = call.subscribeAsCompletionStage();
        Awaitility.await()
                .atMost(Duration.ofSeconds(4))
                .untilAsserted(() -> assertThat(stores.value("""
                                SELECT count(*) FROM pg_stat_activity
                                 WHERE datname = current_database() AND wait_event_type = 'Lock'
                                """)).isEqualTo(1L));
        await(transaction.commit());
        await(other.close());
        return await(Uni.createFrom().completionStage(waiting));
    }
}
