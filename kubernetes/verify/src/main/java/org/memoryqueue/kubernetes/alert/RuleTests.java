package org.memoryqueue.kubernetes.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.memoryqueue.kubernetes.code.Expressions;
import org.memoryqueue.kubernetes.manifest.Check;
import org.memoryqueue.kubernetes.manifest.Finding;
import org.memoryqueue.kubernetes.manifest.Findings;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.tool.Command;
import org.memoryqueue.kubernetes.tool.Project;
import org.memoryqueue.kubernetes.tool.Promtool;

/** Runs the tests of the alerts, and has Prometheus parse every other expression. */
public final class RuleTests implements Check {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Promtool promtool;
    private final Path directory;
    private final String tests;

    public RuleTests(Project project, Promtool promtool) {
        this.promtool = promtool;
        this.directory = project.target().resolve("alerts");
        this.tests = project.text("kubernetes/verify/alerts/alerts_test.yaml");
    }

    @Override
    public List<Finding> check(Manifests manifests) {
        Findings findings = new Findings();
        manifests.ofKind("PrometheusRule").forEach(rules -> {
            write("alerts.yaml", (ObjectNode) rules.path("spec"));
            judge(promtool.check(directory, "alerts.yaml"), rules, findings);
            write("alerts_test.yaml", tests);
            judge(promtool.test(directory, "alerts_test.yaml"), rules, findings);
        });
        for (JsonNode object : manifests.objects()) {
            List<String> expressions = Expressions.of(object);
            if (!expressions.isEmpty() && !object.path("kind").asText().equals("PrometheusRule")) {
                write("expressions.yaml", recorded(expressions));
                judge(promtool.check(directory, "expressions.yaml"), object, findings);
            }
        }
        return findings.all();
    }

    private static void judge(Command command, JsonNode object, Findings findings) {
        findings.require(command.exitCode() == 0, "promtool", object, (command.output() + command.errors()).strip());
    }

    /** Expressions as a file of rules, since that is what promtool reads. */
    private static ObjectNode recorded(List<String> expressions) {
        ObjectNode file = YAML.createObjectNode();
        ArrayNode rules =
                file.putArray("groups").addObject().put("name", "parsed").putArray("rules");
        for (int i = 0; i < expressions.size(); i++) {
            rules.addObject().put("record", "parsed:" + i).put("expr", expressions.get(i));
        }
        return file;
    }

    private void write(String name, ObjectNode content) {
        try {
            write(name, YAML.writeValueAsString(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String content) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
