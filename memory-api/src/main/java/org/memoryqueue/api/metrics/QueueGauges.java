package org.memoryqueue.api.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.control.QueueMode;
import org.memoryqueue.job.Priority;
import org.memoryqueue.status.QueueCounts;
import org.memoryqueue.status.QueueCountsReader;

/**
 * The counts of the queue as gauges, sampled from Postgres. A sample that is too old is no number (NaN) rather than a
 * wrong one.
 */
@Singleton
final class QueueGauges {

    private static final Logger LOG = Logger.getLogger(QueueGauges.class);
    private static final Duration MAX_AGE = Duration.ofSeconds(30);

    private final QueueCountsReader counts;
    private final MeterRegistry metrics;
    private volatile @Nullable Sample sample;

    private record Sample(QueueCounts counts, long at) {

        boolean isRecent() {
            return System.nanoTime() - at < MAX_AGE.toNanos();
        }
    }

    QueueGauges(QueueCountsReader counts, MeterRegistry metrics) {
        this.counts = counts;
        this.metrics = metrics;
    }

    void register(@Observes StartupEvent event) {
        for (Priority priority : Priority.ALL) {
            List<String> tags = List.of("priority", priority.word());
            gauge("memory.queue.waiting", "Jobs that are due and not leased", tags, read -> read.waiting(priority));
            gauge(
                    "memory.queue.oldest.waiting.seconds",
                    "How long the oldest of them has waited",
                    tags,
                    read -> read.oldestWaiting(priority).toMillis() / 1000.0);
        }
        gauge("memory.queue.active", "Jobs that are leased", List.of(), QueueCounts::active);
        gauge("memory.queue.delayed", "Jobs that are due later", List.of(), QueueCounts::delayed);
        gauge("memory.queue.accepted", "Jobs that were ever accepted", List.of(), QueueCounts::accepted);
        gauge("memory.queue.completed", "Jobs that were ever completed", List.of(), QueueCounts::completed);
        gauge(
                "memory.queue.failed",
                "Dead letters, those that were retried taken back",
                List.of(),
                QueueCounts::failed);
        gauge(
                "memory.queue.paused",
                "1 while an operator has paused or drains the queue, so that it hands out nothing",
                List.of(),
                read -> read.mode() == QueueMode.RUNNING ? 0 : 1);
    }

    @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sample() {
        return counts.read()
                .invoke(read -> sample = new Sample(read, System.nanoTime()))
                .onFailure()
                .invoke(failure -> LOG.debugf("The queue cannot be counted: %s", failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private void gauge(String name, String description, List<String> tags, ToDoubleFunction<QueueCounts> value) {
        Gauge.builder(name, this, gauges -> gauges.value(value))
                .description(description)
                .tags(tags.toArray(String[]::new))
                .register(metrics);
    }

    private double value(ToDoubleFunction<QueueCounts> value) {
        Sample last = sample;
        return last != null && last.isRecent() ? value.applyAsDouble(last.counts()) : Double.NaN;
    }
}
