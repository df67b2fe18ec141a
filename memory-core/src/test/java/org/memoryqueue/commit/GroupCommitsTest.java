package org.memoryqueue.commit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.memoryqueue.testing.Beans;
import org.memoryqueue.testing.Stores;

class GroupCommitsTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Stores.await(Uni.createFrom().completionStage(vertx.close().toCompletionStage()));
    }

    @Test
    void commitOnAnEventLoopOutsideOfTheRequestThatMadeThem() {
        Context request = requireNonNull(VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext()));
        CompletableFuture<GroupCommit<String, Boolean>> made = new CompletableFuture<>();
        GroupCommits commits = new Beans(Map.of()).with(Vertx.class, vertx).get(GroupCommits.class);
        request.runOnContext(ignored ->
                made.complete(commits.create(batch -> Uni.createFrom().item(List.of(isOutsideOfRequests())))));

        assertThat(made)
                .succeedsWithin(Duration.ofSeconds(5))
                .satisfies(
                        commit -> assertThat(Stores.await(commit.submit("a"))).isTrue());
    }

    private static boolean isOutsideOfRequests() {
        return Context.isOnEventLoopThread() && !VertxContext.isOnDuplicatedContext();
    }
}
