package org.memoryqueue.api;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The routes that the compiled resource classes have. */
final class Routes {

    private static final java.nio.file.Path CLASSES = java.nio.file.Path.of("target", "classes");

    private Routes() {}

    /**
     * One route.
     *
     * @param parameters with where they are, such as {@code query limit}
     * @param open whether it needs no token
     */
    record Route(String method, String path, Set<String> parameters, boolean open) {}

    static List<Route> all() {
        try (Stream<java.nio.file.Path> files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file -> loaded(file.replaceFirst("\\.class$", "").replace('/', '.')))
                    .filter(type -> type.isAnnotationPresent(Path.class))
                    .flatMap(type -> Arrays.stream(type.getDeclaredMethods()).flatMap(Routes::of))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name, false, Routes.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Route> of(Method method) {
        return Arrays.stream(method.getAnnotations())
                .flatMap(annotation ->
                        Stream.ofNullable(annotation.annotationType().getAnnotation(HttpMethod.class)))
                .map(verb -> new Route(verb.value(), path(method), parameters(method), isOpen(method)));
    }

    private static String path(Method method) {
        Path ofClass = method.getDeclaringClass().getAnnotation(Path.class);
        Path own = method.getAnnotation(Path.class);
        return ofClass.value() + (own == null ? "" : own.value());
    }

    private static boolean isOpen(Method method) {
        return method.isAnnotationPresent(PermitAll.class)
                || method.getDeclaringClass().isAnnotationPresent(PermitAll.class);
    }

    private static Set<String> parameters(Method method) {
        Set<String> parameters = new TreeSet<>();
        for (var parameter : method.getParameters()) {
            RestHeader header = parameter.getAnnotation(RestHeader.class);
            if (header != null) {
                parameters.add("header " + header.value());
            } else if (parameter.isAnnotationPresent(RestQuery.class)) {
                parameters.add("query " + parameter.getName());
            } else if (parameter.isAnnotationPresent(RestPath.class)) {
                parameters.add("path " + parameter.getName());
            }
        }
        return parameters;
    }
}
