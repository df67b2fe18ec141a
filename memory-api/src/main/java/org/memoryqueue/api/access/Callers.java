package org.memoryqueue.api.access;

import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.access.AccessConfig.TeacherScope;

/** Reads who calls from the claims of a token that was verified. */
@Singleton
final class Callers {

    /** What can be stored and shown; one with a NUL could not. */
    private static final Pattern USER = Pattern.compile("(?=.*\\S)\\P{Cntrl}{1,255}");

    private final AccessConfig config;

    Callers(AccessConfig config) {
        this.config = config;
    }

    /** The caller; empty when the token names no user, or no role that there is. */
    Optional<Caller> of(JsonWebToken token) {
        String subject = token.getSubject();
        if (subject == null || !USER.matcher(subject).matches()) {
            return Optional.empty();
        }
        return first(token, config.roleClaims())
                .flatMap(Callers::text)
                .flatMap(Role::ofWord)
                .map(role -> caller(token, subject, role));
    }

    private Caller caller(JsonWebToken token, String subject, Role role) {
        if (role != Role.TEACHER) {
            return new Caller(subject, role, Set.of(), false);
        }
        Optional<Object> claim = first(token, config.roomsClaims());
        boolean all = claim.isEmpty() && config.teacherScope() == TeacherScope.ALL;
        return new Caller(subject, role, claim.map(Callers::texts).orElse(Set.of()), all);
    }

    private static Optional<Object> first(JsonWebToken token, List<String> paths) {
        return paths.stream()
                .flatMap(path -> Stream.ofNullable(value(token, path)))
                .findFirst();
    }

    private static @Nullable Object value(JsonWebToken token, String path) {
        String[] names = path.split("\\.");
        Object value = token.getClaim(names[0]);
        for (int i = 1; i < names.length; i++) {
            value = value instanceof Map<?, ?> map ? map.get(names[i]) : null;
        }
        return value == JsonValue.NULL ? null : value;
    }

    private static Optional<String> text(Object value) {
        return switch (value) {
            case String text -> Optional.of(text);
            case JsonString text -> Optional.of(text.getString());
            default -> Optional.empty();
        };
    }

    /** A claim of another shape names no room. */
    private static Set<String> texts(Object value) {
        Collection<?> items = switch (value) {
            case JsonArray array -> array;
            case Collection<?> collection -> collection;
            default -> List.of();
        };
        Set<String> texts = new LinkedHashSet<>();
        items.forEach(item -> text(item).ifPresent(texts::add));
        return texts;
    }
}
