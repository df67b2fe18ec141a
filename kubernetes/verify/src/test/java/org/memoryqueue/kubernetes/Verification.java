package org.memoryqueue.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.memoryqueue.kubernetes.alert.AlertRules;
import org.memoryqueue.kubernetes.alert.RuleTests;
import org.memoryqueue.kubernetes.code.CodeRules;
import org.memoryqueue.kubernetes.code.ServiceSources;
import org.memoryqueue.kubernetes.manifest.Check;
import org.memoryqueue.kubernetes.manifest.Finding;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.policy.DataRules;
import org.memoryqueue.kubernetes.policy.Exceptions;
import org.memoryqueue.kubernetes.policy.MetadataRules;
import org.memoryqueue.kubernetes.policy.NetworkRules;
import org.memoryqueue.kubernetes.policy.PodRules;
import org.memoryqueue.kubernetes.policy.ProbeRules;
import org.memoryqueue.kubernetes.policy.ReferenceRules;
import org.memoryqueue.kubernetes.policy.RolloutRules;
import org.memoryqueue.kubernetes.scaling.ScalingRules;
import org.memoryqueue.kubernetes.schema.CoreSchemas;
import org.memoryqueue.kubernetes.schema.TypedLiterals;
import org.memoryqueue.kubernetes.tool.Project;
import org.memoryqueue.kubernetes.tool.Promtool;

/** All checks on some manifests at once. */
final class Verification {

    private final List<Check> checks;
    private final Optional<Check> ruleTests;
    private final Optional<TypedLiterals> literals;
    private final Exceptions exceptions;

    Verification(Project project, ServiceSources sources, LiveServices services) {
        checks = List.of(
                new CoreSchemas(),
                new PodRules(),
                new ProbeRules(),
                new RolloutRules(sources),
                new MetadataRules(),
                new NetworkRules(),
                new ReferenceRules(),
                new DataRules(),
                new ScalingRules(),
                new CodeRules(sources, services.facts()),
                new AlertRules(project));
        ruleTests = Promtool.find().map(promtool -> new RuleTests(project, promtool));
        literals = TypedLiterals.of(project);
        exceptions = Exceptions.parse(project.text("kubernetes/policy/exceptions.yaml"));
    }

    /** Whether alerts and expressions are tried by Prometheus' own tool. */
    boolean hasPromtool() {
        return ruleTests.isPresent();
    }

    /** Whether custom resources are held against their types. */
    boolean hasTypes() {
        return literals.isPresent();
    }

    /** What the checks that need no other program find, waived or not. */
    List<Finding> everything(Manifests manifests) {
        List<Finding> findings = new ArrayList<>();
        checks.forEach(check -> findings.addAll(check.check(manifests)));
        return findings;
    }

    /** What of it is not waived. */
    List<Finding> quick(Manifests manifests) {
        return exceptions.apply(everything(manifests));
    }

    /** What Prometheus' own tool finds; nothing where there is none. */
    List<Finding> promtool(Manifests manifests) {
        return ruleTests.map(check -> check.check(manifests)).orElse(List.of());
    }

    /** What the types of custom resources forbid, by the place in the list, in one run of the compiler; nothing without npm. */
    List<List<Finding>> typed(List<Manifests> manifests) {
        return literals.map(check -> check.check(manifests))
                .orElseGet(() ->
                        manifests.stream().map(unchecked -> List.<Finding>of()).toList());
    }

    Exceptions exceptions() {
        return exceptions;
    }
}
