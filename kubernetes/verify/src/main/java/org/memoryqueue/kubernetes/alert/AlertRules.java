package org.memoryqueue.kubernetes.alert;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.memoryqueue.kubernetes.manifest.Check;
import org.memoryqueue.kubernetes.manifest.Finding;
import org.memoryqueue.kubernetes.manifest.Findings;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.tool.Project;

/** Whether each alert says what it is about, leads to a page that says what to do, and has a test. */
public final class AlertRules implements Check {

    private static final String RUNBOOKS = "docs/operations.md";
    private static final Set<String> SEVERITIES = Set.of("critical", "warning");

    private final Set<String> anchors;
    private final Set<String> tested;

    public AlertRules(Project project) {
        anchors = anchors(project.text(RUNBOOKS));
        tested = tested(project.text("kubernetes/verify/alerts/alerts_test.yaml"));
    }

    @Override
    public List<Finding> check(Manifests manifests) {
        Findings findings = new Findings();
        manifests.ofKind("PrometheusRule").forEach(rules -> {
            Set<String> names = new HashSet<>();
            for (JsonNode alert : alerts(rules)) {
                alert(rules, alert, findings);
                names.add(alert.path("alert").asText());
            }
            findings.require(
                    names.containsAll(tested), "alert-tests", rules, "lacks alerts that have a test: " + tested);
        });
        return findings.all();
    }

    private void alert(JsonNode rules, JsonNode alert, Findings findings) {
        String name = alert.path("alert").asText();
        JsonNode annotations = alert.path("annotations");
        String runbook = annotations.path("runbook_url").asText();
        findings.require(
                SEVERITIES.contains(alert.at("/labels/severity").asText()),
                "alert-severity",
                rules,
                name + " has no severity that anybody routes");
        findings.require(
                annotations.hasNonNull("summary") && annotations.hasNonNull("description"),
                "alert-words",
                rules,
                name + " does not say what is wrong");
        findings.require(
                runbook.contains(RUNBOOKS + "#") && anchors.contains(runbook.substring(runbook.lastIndexOf('#') + 1)),
                "alert-runbook",
                rules,
                name + " leads to " + runbook + ", where there is nothing");
        findings.require(tested.contains(name), "alert-tests", rules, name + " has no test in which it fires");
    }

    static List<JsonNode> alerts(JsonNode rules) {
        return Manifests.list(rules.at("/spec/groups")).stream()
                .flatMap(group -> Manifests.list(group.path("rules")).stream())
                .filter(rule -> rule.has("alert"))
                .toList();
    }

    /** The anchors that a page of Markdown has for its headings. */
    private static Set<String> anchors(String markdown) {
        return Pattern.compile("^#+ (.*)$", Pattern.MULTILINE)
                .matcher(markdown)
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** The alerts that are expected to fire in some test. */
    private static Set<String> tested(String yaml) {
        return Manifests.list(Manifests.parse(yaml).path("tests")).stream()
                .flatMap(test -> Manifests.list(test.path("alert_rule_test")).stream())
                .filter(test -> !test.path("exp_alerts").isEmpty())
                .map(test -> test.path("alertname").asText())
                .collect(Collectors.toSet());
    }
}
