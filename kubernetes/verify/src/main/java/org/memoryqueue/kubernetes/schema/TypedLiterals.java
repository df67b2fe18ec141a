package org.memoryqueue.kubernetes.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.memoryqueue.kubernetes.manifest.Finding;
import org.memoryqueue.kubernetes.manifest.Findings;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.tool.Command;
import org.memoryqueue.kubernetes.tool.Project;
import org.memoryqueue.kubernetes.tool.TypeScript;

/**
 * Holds custom resources against the types of {@code @kubernetes-models}: each object becomes a literal with a declared
 * type, in which the compiler refuses unknown and missing fields, wrong types and unknown words. (The packages' own
 * {@code validate()} accepts unknown fields.) One run of the compiler judges many sets of manifests.
 */
public final class TypedLiterals {

    static final String RULE = "types";

    private static final Map<String, String> PACKAGES = Map.of(
            "keda.sh", "keda",
            "monitoring.coreos.com", "prometheus-operator",
            "external-secrets.io", "external-secrets",
            "gateway.networking.k8s.io", "gateway-api");

    private static final Pattern ERROR = Pattern.compile("^literals\\.mts\\((\\d+),\\d+\\): error (TS\\d+: .*)$");

    private final TypeScript compiler;
    private final Path directory;

    private TypedLiterals(Project project, TypeScript compiler) {
        this.compiler = compiler;
        this.directory = project.target().resolve("literals");
    }

    /** Empty where there is no npm to install compiler and types with. */
    public static Optional<TypedLiterals> of(Project project) {
        return TypeScript.installed(project).map(compiler -> new TypedLiterals(project, compiler));
    }

    /** What is wrong with each of these, by their place in the list. */
    public List<List<Finding>> check(List<Manifests> all) {
        StringBuilder source = new StringBuilder();
        List<Findings> findings = new ArrayList<>();
        Map<Integer, Place> places = new LinkedHashMap<>();
        int line = 0;
        for (Manifests manifests : all) {
            Findings own = new Findings();
            findings.add(own);
            for (ObjectNode object : manifests.objects()) {
                if (CoreSchemas.isCore(object)) {
                    continue;
                }
                String literal = literal(object, line);
                if (literal.isEmpty()) {
                    own.add(RULE, object, "no types for " + object.path("apiVersion"));
                    continue;
                }
                source.append(literal).append('\n');
                line++;
                places.put(line, new Place(own, object));
            }
        }
        compile(source.toString()).forEach((at, message) -> {
            Place place = places.get(at);
            if (place == null) {
                throw new IllegalStateException("The compiler complains of no object: " + message);
            }
            place.findings().add(RULE, place.object(), message);
        });
        return findings.stream().map(Findings::all).toList();
    }

    private record Place(Findings findings, ObjectNode object) {}

    /** One line, so that the compiler's line numbers tell the object. */
    private static String literal(ObjectNode object, int number) {
        String[] version = object.path("apiVersion").asText().split("/");
        String kind = object.path("kind").asText();
        String module = PACKAGES.get(version[0]);
        return module == null || version.length != 2
                ? ""
                : "export const o%d: import(\"@kubernetes-models/%s/%s/%s/%s\").I%s = %s;"
                        .formatted(number, module, version[0], version[1], kind, kind, object);
    }

    private Map<Integer, String> compile(String source) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("literals.mts"), source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Command result = compiler.check(directory, "literals.mts");
        Map<Integer, String> errors = new LinkedHashMap<>();
        result.output().lines().forEach(line -> {
            Matcher error = ERROR.matcher(line);
            if (error.matches()) {
                errors.putIfAbsent(Integer.parseInt(error.group(1)), error.group(2));
            }
        });
        if (result.exitCode() != 0 && errors.isEmpty()) {
            throw new IllegalStateException(result.output() + result.errors());
        }
        return errors;
    }
}
