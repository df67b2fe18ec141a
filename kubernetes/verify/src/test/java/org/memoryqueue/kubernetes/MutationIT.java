package org.memoryqueue.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.memoryqueue.kubernetes.code.ServiceSources;
import org.memoryqueue.kubernetes.manifest.Finding;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.policy.Exceptions.Waiver;

/** Each fault that is planted turns the verification red, by the rule that is there for it. */
class MutationIT {

    private static final int PROMISED = 40;

    /** Where a rule is named in a check: before the object that it is about. */
    private static final Pattern RULE = Pattern.compile("\"([a-z]+(?:-[a-z]+)*)\",\\s+"
            + "(?:object|policy|rules|scaler|secret|budget|monitor|namespace|service|route|\\w+\\.object\\(\\)),\\s");

    private static final List<Mutant> MUTANTS = Mutant.read(Rendered.PROJECT.text("kubernetes/verify/mutants.yaml"));
    private static final Verification VERIFICATION =
            new Verification(Rendered.PROJECT, new ServiceSources(Rendered.PROJECT), LiveServices.started());
    private static final Map<String, Manifests> SOUND = new ConcurrentHashMap<>();
    private static final Supplier<Map<Mutant, List<Finding>>> TYPED = Once.of(MutationIT::typed);

    static Stream<Mutant> mutants() {
        return MUTANTS.stream();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isFound(Mutant mutant) {
        assumeTrue(
                !mutant.rule().equals("promtool") || VERIFICATION.hasPromtool(),
                "SKIPPED: there is neither promtool nor apt-get to fetch it with");
        assumeTrue(
                !mutant.rule().equals("types") || VERIFICATION.hasTypes(),
                "SKIPPED: there is no npm to install the types with");

        assertThat(findings(mutant)).extracting(Finding::rule).contains(mutant.rule());
    }

    @Test
    void thereAreAsManyAsPromisedAndNoTwoAlike() {
        assertThat(MUTANTS).hasSizeGreaterThanOrEqualTo(PROMISED);
        assertThat(MUTANTS).extracting(Mutant::fault).doesNotHaveDuplicates();
        assertThat(MUTANTS).extracting(Mutant::change).doesNotHaveDuplicates();
    }

    @Test
    void everyRuleFindsAtLeastOne() throws IOException {
        Set<String> waivedForAll = VERIFICATION.exceptions().all().stream()
                .filter(waiver -> waiver.objects().stream().anyMatch(objects -> objects.endsWith("/*")))
                .map(Waiver::rule)
                .collect(Collectors.toSet());
        Set<String> rules = rulesOfTheChecks();
        rules.removeAll(waivedForAll);

        assertThat(rules).hasSizeGreaterThan(50);
        assertThat(MUTANTS.stream().map(Mutant::rule).collect(Collectors.toSet()))
                .containsAll(rules)
                .contains("schema", "types", "promtool");
    }

    private static Set<String> rulesOfTheChecks() throws IOException {
        Set<String> rules = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Rendered.PROJECT.verify().resolve("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("Rules.java")).toList()) {
                RULE.matcher(Files.readString(file)).results().forEach(found -> rules.add(found.group(1)));
            }
        }
        return rules;
    }

    private static List<Finding> findings(Mutant mutant) {
        Manifests planted = mutant.planted(sound(mutant.in()));
        List<Finding> findings = new ArrayList<>(VERIFICATION.quick(planted));
        findings.addAll(TYPED.get().getOrDefault(mutant, List.of()));
        if (mutant.rule().equals("promtool")) {
            findings.addAll(VERIFICATION.promtool(planted));
        }
        return findings;
    }

    /** All in one run of the compiler. */
    private static Map<Mutant, List<Finding>> typed() {
        List<List<Finding>> findings = VERIFICATION.typed(MUTANTS.stream()
                .map(mutant -> mutant.planted(sound(mutant.in())))
                .toList());
        Map<Mutant, List<Finding>> byMutant = new HashMap<>();
        for (int i = 0; i < MUTANTS.size(); i++) {
            byMutant.put(MUTANTS.get(i), findings.get(i));
        }
        return byMutant;
    }

    private static Manifests sound(String name) {
        return SOUND.computeIfAbsent(name, Rendered::named);
    }
}
