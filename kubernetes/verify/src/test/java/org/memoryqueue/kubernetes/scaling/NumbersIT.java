package org.memoryqueue.kubernetes.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.memoryqueue.job.Priority;
import org.memoryqueue.kubernetes.Scalers;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.tool.Project;

/** The README derives the numbers that the manifests have, and no others. */
class NumbersIT {

    private final String readme = Project.current().text("kubernetes/README.md");
    private final Manifests manifests = Scalers.keda();
    private final Sizing sizing = Sizing.of(manifests);
    private final WorkerScaler scaler = WorkerScaler.of(manifests).orElseThrow();

    @ParameterizedTest
    @EnumSource(Priority.class)
    void derivesTheDivisors(Priority priority) {
        int target = sizing.drainTargetSeconds().getOrDefault(priority, 0);

        assertThat(readme)
                .contains("| divisor of `%s` | %d slots × %d s / %d s | %d |"
                        .formatted(
                                priority.word(),
                                sizing.slots(),
                                target,
                                sizing.meanJobSeconds(),
                                sizing.divisor(priority)));
    }

    @Test
    void derivesTheMaximum() {
        assertThat(readme)
                .contains("| workers that the model's quota feeds | %,d calls/min × %d s / 60 s / %d slots | %d |"
                        .formatted(
                                sizing.modelCallsPerMinute(),
                                sizing.meanJobSeconds(),
                                sizing.slots(),
                                sizing.workersOfQuota()))
                .contains(
                        "| workers that Postgres has connections for | (%d − ".formatted(sizing.postgresConnections()))
                .contains(
                        " = %d processes; at the height of a rollout N, a quarter more, and N old ones that finish their jobs | %d |"
                                .formatted(sizing.processesOfPostgres(manifests), sizing.workersOfPostgres(manifests)))
                .contains("| `maxReplicaCount` | the smaller of the two, less one for its probes | %d |"
                        .formatted(scaler.maximum()));
        assertThat(scaler.maximum())
                .isEqualTo(Math.min(sizing.workersOfQuota(), sizing.workersOfPostgres(manifests)) - 1);
    }

    @Test
    void allScalersHaveTheSameNumbers() {
        assertThat(Scalers.rendered()).allSatisfy(other -> {
            assertThat(Sizing.of(other)).isEqualTo(sizing);
            assertThat(WorkerScaler.of(other).orElseThrow().maximum()).isEqualTo(scaler.maximum());
            assertThat(WorkerScaler.of(other).orElseThrow().behaviour()).isEqualTo(scaler.behaviour());
        });
    }
}
