package org.memoryqueue.kubernetes.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.memoryqueue.kubernetes.tool.Project;

/**
 * The settings that the services' sources declare: properties of {@code @ConfigMapping} interfaces with their defaults,
 * the services' own {@code application.properties}, and the variables that are read by name.
 */
public final class ServiceSources {

    private static final List<String> MODULES = List.of("memory-core", "memory-api", "memory-worker");

    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    private static final Pattern METHOD = Pattern.compile(
            "(?:@WithDefault\\(\"([^\"]*)\"\\)\\s+)?(?:@WithName\\(\"([^\"]+)\"\\)\\s+)?[\\w<>.]+ (\\w+)\\(\\);");
    private static final Pattern BY_NAME = Pattern.compile("\"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\"");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+)(?::([^}]*))?}");

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Set<String> variables = new TreeSet<>();
    private final Map<String, String> properties = new LinkedHashMap<>();

    public ServiceSources(Project project) {
        for (String module : MODULES) {
            Path main = project.root().resolve(module).resolve("src/main");
            files(main, ".java").forEach(this::java);
            files(main, ".properties").forEach(file -> properties(module, file));
        }
    }

    /** The default of a setting, or what a service's own properties say. */
    public String setting(String name) {
        return Optional.ofNullable(settings.get(name))
                .orElseThrow(() -> new IllegalArgumentException("The services have no setting " + name));
    }

    /** A setting that is a time. */
    public Duration time(String name) {
        return duration(setting(name));
    }

    /** A property in the files of a module; the default of a variable that it is taken from. */
    public String property(String module, String name) {
        String value = Optional.ofNullable(properties.get(module + ":" + name))
                .orElseThrow(() -> new IllegalArgumentException(module + " has no property " + name));
        Matcher placeholder = PLACEHOLDER.matcher(value);
        return placeholder.matches() ? Optional.ofNullable(placeholder.group(2)).orElse("") : value;
    }

    /** Every variable of the environment that means something to a service. */
    public Set<String> variables() {
        Set<String> all = new TreeSet<>(variables);
        settings.keySet().forEach(name -> all.add(variable(name)));
        return all;
    }

    /** A time as Quarkus reads it. */
    public static Duration duration(String text) {
        return text.matches("\\d+") ? Duration.ofSeconds(Long.parseLong(text)) : Duration.parse("PT" + text);
    }

    private void java(Path file) {
        String text = read(file);
        Matcher names = BY_NAME.matcher(text);
        while (names.find()) {
            variables.add(names.group(1));
        }
        Matcher prefix = PREFIX.matcher(text);
        if (prefix.find()) {
            Matcher method = METHOD.matcher(text);
            while (method.find()) {
                String own = Optional.ofNullable(method.group(2)).orElseGet(() -> kebab(method.group(3)));
                settings.put(
                        prefix.group(1) + "." + own,
                        Optional.ofNullable(method.group(1)).orElse(""));
            }
        }
    }

    private void properties(String module, Path file) {
        for (String line : read(file).lines().toList()) {
            int equals = line.indexOf('=');
            if (line.startsWith("#") || equals < 0) {
                continue;
            }
            String name = line.substring(0, equals);
            String value = line.substring(equals + 1);
            properties.put(module + ":" + name, value);
            settings.putIfAbsent(name, value);
            Matcher placeholder = PLACEHOLDER.matcher(value);
            while (placeholder.find()) {
                variables.add(placeholder.group(1));
            }
        }
    }

    private static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static List<Path> files(Path directory, String suffix) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(suffix)).sorted().collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
