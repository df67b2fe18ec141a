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

/** Finds files of ours that an executable would not hold: it has only those that were asked for when it was built. */
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
        List<PathMatcher> covered = Stream.concat(included(application), NOT_OUR_CONCERN.stream())
                .map(Resources::glob)
                .toList();
        return application.resources().keySet().stream()
                .filter(file -> covered.stream().noneMatch(glob -> glob.matches(Path.of(file))))
                .map(file -> file + " is not included: " + SETTING + " does not name it")
                .toList();
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
