package org.memoryqueue.kubernetes.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.job.Priority;
import org.memoryqueue.kubernetes.Scalers;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.scaling.ScalingLoop.Load;
import org.memoryqueue.kubernetes.scaling.ScalingLoop.Second;

/** The numbers of the rendered scalers, in a simulated controller. */
class ScalingLoopIT {

    /** From a decision to a native worker that takes jobs: scheduling, start, first look at the schema. */
    private static final int POD_START = 5;

    /** Seen on a real controller with this behaviour: a backlog for 24 workers comes, and goes. */
    private static final List<Integer> RISING = List.of(1, 5, 10, 20, 24);

    private static final List<Integer> FALLING = List.of(24, 18, 13, 9, 6, 4, 3, 2, 1);

    static Stream<Manifests> scalers() {
        return Scalers.rendered();
    }

    @ParameterizedTest
    @MethodSource("scalers")
    void risesAndFallsAsARealControllerDid(Manifests manifests) {
        WorkerScaler scaler = scaler(manifests);
        PodAutoscaler autoscaler = new PodAutoscaler(scaler.minimum(), scaler.maximum(), scaler.behaviour());

        assertThat(steps(autoscaler, 0, 1, 24, 120)).isEqualTo(RISING);
        assertThat(steps(autoscaler, 120, 24, 0, 1_200)).isEqualTo(FALLING);
    }

    @Test
    void fallsNotBeforeTheWindowIsOver() {
        WorkerScaler scaler = scaler(Scalers.keda());
        PodAutoscaler autoscaler = new PodAutoscaler(scaler.minimum(), scaler.maximum(), scaler.behaviour());
        assertThat(autoscaler.sync(0, 24, 24)).isEqualTo(24);

        for (int now = 15; now < 180; now += PodAutoscaler.SYNC_SECONDS) {
            assertThat(autoscaler.sync(now, 24, 0)).as("after %d s", now).isEqualTo(24);
        }
        assertThat(autoscaler.sync(180, 24, 0)).isEqualTo(18);
    }

    @ParameterizedTest
    @ValueSource(doubles = {9.1, 9.5, 10.5, 10.9})
    void staysWithinTheTolerance(double usage) {
        WorkerScaler scaler = scaler(Scalers.keda());

        assertThat(new PodAutoscaler(1, 24, scaler.behaviour()).sync(0, 10, usage))
                .isEqualTo(10);
    }

    @Test
    void asksForTheNextWholeWorkerBeyondTheTolerance() {
        WorkerScaler scaler = scaler(Scalers.keda());

        assertThat(new PodAutoscaler(1, 24, scaler.behaviour()).sync(0, 10, 11.1))
                .isEqualTo(12);
    }

    @Test
    void theFirstJobHasAWorkerWithinTenSeconds() {
        List<Second> trace = loop(Scalers.keda(), Priority.LOW).run(0, 60, new Load(1, 0, POD_START));

        int ready = firstWith(trace, 1) + POD_START;
        System.out.printf("Simulated: the first job is taken after %d s at most%n", ready);
        assertThat(ready).isLessThanOrEqualTo(10);
    }

    @Test
    void tenThousandJobsHaveAllWorkersWithinAMinuteAndAreDrainedInTime() {
        List<Second> trace = loop(Scalers.keda(), Priority.NORMAL).run(0, 600, new Load(10_000, 0, POD_START));

        int first = firstWith(trace, 1);
        int drained = IntStream.range(1, trace.size())
                .filter(at -> trace.get(at).backlog() == 0)
                .findFirst()
                .orElseThrow();
        assertThat(firstWith(trace, 24) - first).isLessThanOrEqualTo(60);
        assertThat(drained).isLessThanOrEqualTo(235);
        System.out.printf(
                "Simulated: 10,000 jobs of 3 s: first worker decided after %d s, all 24 after %d s, drained after %d s%n",
                first, firstWith(trace, 24), drained);
    }

    @Test
    void theLastWorkerGoesWhenThereIsNothingToDo() {
        List<Second> trace = loop(Scalers.keda(), Priority.NORMAL).run(1, 900, new Load(0, 0, POD_START));

        assertThat(ScalingLoop.steps(trace)).containsExactly(1, 0);
    }

    /** Arrivals for 2 to 20 workers, and for shares of a worker between. */
    @ParameterizedTest
    @ValueSource(doubles = {6.7, 15, 24, 33.4, 41, 52.5, 66.7})
    void doesNotFlapUnderASteadyLoad(double arrivals) {
        List<Second> trace = loop(Scalers.keda(), Priority.NORMAL).run(1, 4 * 3_600, new Load(0, arrivals, POD_START));

        List<Second> settled = trace.subList(3_600, trace.size());
        long changes = IntStream.range(1, settled.size())
                .filter(at -> settled.get(at).pods() != settled.get(at - 1).pods())
                .count();
        assertThat(Flapping.first(settled.stream().map(Second::pods).toList(), 180))
                .as("up, and down again")
                .isEmpty();
        double needed = arrivals * 3 / 10;
        int fewest = settled.stream().mapToInt(Second::pods).min().orElseThrow();
        int most = settled.stream().mapToInt(Second::pods).max().orElseThrow();
        double longest = settled.stream().mapToDouble(Second::backlog).max().orElseThrow() / arrivals;
        System.out.printf(
                "Simulated: %.1f jobs/s, for %.1f workers: %d to %d within 3 h, changed %d times, a job takes %.0f s"
                        + " at most%n",
                arrivals, needed, fewest, most, changes, longest);
        assertThat(fewest).isGreaterThanOrEqualTo((int) (needed * 0.75) - 1);
        assertThat(most).isLessThanOrEqualTo((int) Math.ceil(needed * 1.25) + 1);
        assertThat(longest).isLessThan(1.25 * 60);
    }

    @Test
    void seesPodsThatComeOnlyToGoAgain() {
        assertThat(Flapping.first(List.of(1, 2, 2, 1), 3)).hasValue(3);
        assertThat(Flapping.first(List.of(1, 2, 2, 2, 1, 2), 3)).isEmpty();
    }

    private static List<Integer> steps(PodAutoscaler autoscaler, int from, int pods, double usage, int seconds) {
        int current = pods;
        List<Integer> steps = new ArrayList<>(List.of(current));
        for (int now = from; now < from + seconds; now += PodAutoscaler.SYNC_SECONDS) {
            current = autoscaler.sync(now, current, usage);
            if (steps.getLast() != current) {
                steps.add(current);
            }
        }
        return steps;
    }

    private static int firstWith(List<Second> trace, int pods) {
        return trace.stream()
                .filter(second -> second.pods() >= pods)
                .findFirst()
                .orElseThrow()
                .at();
    }

    private static ScalingLoop loop(Manifests manifests, Priority priority) {
        Sizing sizing = Sizing.of(manifests);
        return new ScalingLoop(scaler(manifests), sizing, sizing.divisor(priority));
    }

    private static WorkerScaler scaler(Manifests manifests) {
        return WorkerScaler.of(manifests).orElseThrow();
    }
}
