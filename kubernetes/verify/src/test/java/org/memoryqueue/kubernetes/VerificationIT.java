package org.memoryqueue.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.memoryqueue.kubernetes.code.LiveFacts;
import org.memoryqueue.kubernetes.code.ServiceSources;
import org.memoryqueue.kubernetes.manifest.Finding;
import org.memoryqueue.kubernetes.manifest.Manifests;

/** The manifests as they are. */
class VerificationIT {

    private final LiveServices services = LiveServices.started();
    private final Verification verification =
            new Verification(Rendered.PROJECT, new ServiceSources(Rendered.PROJECT), services);

    @Test
    void nothingIsWrongWithOverlaysAndCombinations() {
        List<String> wrong = new ArrayList<>();
        List<Finding> all = new ArrayList<>();
        for (Manifests manifests : all()) {
            List<Finding> findings = verification.everything(manifests);
            all.addAll(findings);
            verification.exceptions().apply(findings).forEach(finding -> wrong.add(manifests.name() + ": " + finding));
        }

        assertThat(wrong).isEmpty();
        assertThat(verification.exceptions().unused(all))
                .as("exceptions that waive nothing")
                .isEmpty();
    }

    @Test
    void customResourcesHaveTheShapeOfTheirTypes() {
        assumeTrue(
                verification.hasTypes(),
                "SKIPPED: custom resources were not looked at, since there is no npm to install their types with");

        assertThat(verification.typed(all()))
                .isNotEmpty()
                .allSatisfy(findings -> assertThat(findings).isEmpty());
    }

    private static List<Manifests> all() {
        return Stream.of(Rendered.overlays(), Rendered.variants(), Rendered.allCombinations())
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void everyExceptionHasAReason() {
        assertThat(verification.exceptions().all()).isNotEmpty().allSatisfy(waiver -> {
            assertThat(waiver.reason()).hasSizeGreaterThan(40);
            assertThat(waiver.objects()).isNotEmpty();
        });
    }

    @Test
    void alertsFireWhenTheyShouldAndEveryExpressionParses() {
        assumeTrue(
                verification.hasPromtool(),
                "SKIPPED: alerts were not tried, since there is neither promtool nor apt-get to fetch it with");
        assertThat(verification.promtool(Rendered.overlay("production"))).isEmpty();
        assertThat(verification.promtool(
                        Rendered.render(List.of("autoscaling-keda-database")).orElseThrow()))
                .isEmpty();
        assertThat(verification.promtool(
                        Rendered.render(List.of("autoscaling-hpa")).orElseThrow()))
                .isEmpty();
    }

    @Test
    void theMigrationJobMigratesAndEnds() {
        assertThat(services.migrationExit()).isZero();
    }

    @Test
    void aWorkerHasTheSlotsThatTheScalerCountsOn() {
        String slots = Rendered.overlay("local")
                .generated("ConfigMap", "memory-queue-config")
                .orElseThrow()
                .at("/data/MEMORY_WORKER_CONCURRENCY")
                .asText();

        assertThat(services.metric(LiveFacts.WORKER, "memory_worker_slots")).isEqualTo(Double.parseDouble(slots));
    }

    @Test
    void theWorkerAnswersThePathThatWasPromised() {
        assertThat(services.facts().up().get(LiveFacts.WORKER)).contains("/health", "/q/health/ready");
        assertThat(services.facts().up().get(LiveFacts.API)).contains("/q/health/ready");
    }

    @Test
    void servicesUnderstandTheirWholeEnvironment() throws IOException {
        for (String service : List.of(LiveFacts.API, LiveFacts.WORKER)) {
            assertThat(services.log(service)).doesNotContain("Unrecognized configuration", " ERROR ");
        }
    }
}
