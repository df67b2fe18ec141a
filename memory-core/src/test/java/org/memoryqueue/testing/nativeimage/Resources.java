package org.memoryqueue.testing.nativeimage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Finds files that an executable would not hold, ours and those that our code loads from elsewhere: it has only what was
 * asked for when it was built.
 */
final class Resources {

    private static final String SETTING = "quarkus.native.resources.includes";

    /** What Quarkus reads when it builds, or adds by itself, and what no code reads. */
    private static final List<String> NOT_OUR_CONCERN = List.of(
            "application.properties",
            "META-INF/microprofile-config.properties",
            "META-INF/services/io.smallrye.config.ConfigSourceFactory",
            "META-INF/openapi.yaml",
            "META-INF/resources/**",
            "META-INF/native-image/**",
            "META-INF/maven/**",
            "META-INF/beans.xml",
            "META-INF/jandex.idx",
            "META-INF/MANIFEST.MF");

    private Resources() {}

    static List<String> missing(CompiledClasses application) {
        List<PathMatcher> included = included(application).map(Resources::glob).toList();
        return Stream.concat(filesLeftOut(application, included), loadsOfWhatIsMissing(application, included))
                .toList();
    }

    private static Stream<String> filesLeftOut(CompiledClasses application, List<PathMatcher> included) {
        List<PathMatcher> covered = Stream.concat(
                        included.stream(), NOT_OUR_CONCERN.stream().map(Resources::glob))
                .toList();
        return application.resources().keySet().stream()
                .filter(file -> !isAnyOf(covered, file))
                .map(file -> file + " is not included: " + SETTING + " does not name it");
    }

    /** What Quarkus adds is for itself: what our code loads, be it such a file, has to be named. */
    private static Stream<String> loadsOfWhatIsMissing(CompiledClasses application, List<PathMatcher> included) {
        ResourceLoads.Found found = ResourceLoads.in(application);
        return Stream.concat(
                found.loads().stream()
                        .filter(load -> application.resources().keySet().stream()
                                .noneMatch(file -> load.matches(file) && isAnyOf(included, file)))
                        .map(load -> load + ": no file of ours that " + SETTING + " names"),
                found.unknown().stream()
                        .map(member -> member + " loads a resource whose name cannot be followed back"));
    }

    private static boolean isAnyOf(List<PathMatcher> globs, String file) {
        return globs.stream().anyMatch(glob -> glob.matches(Path.of(file)));
    }

    private static Stream<String> included(CompiledClasses application) {
        return application.resources().entrySet().stream()
                .filter(file -> file.getKey().endsWith(".properties"))
                .flatMap(file -> Stream.ofNullable(properties(file.getValue()).getProperty(SETTING)))
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip);
    }

    private static Properties properties(byte[] content) {
        Properties properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static PathMatcher glob(String pattern) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    }
}
