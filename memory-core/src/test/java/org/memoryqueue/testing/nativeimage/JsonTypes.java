package org.memoryqueue.testing.nativeimage;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.testing.nativeimage.CompiledClasses.Member;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Finds types that Jackson writes or reads, and that are not registered for reflection: it would find neither their components
 * nor their constructors. Registered are those that say so ({@code @RegisterForReflection}), and those that Quarkus finds
 * in the signatures of resource methods.
 */
final class JsonTypes {

    private static final String REGISTERED = "Lio/quarkus/runtime/annotations/RegisterForReflection;";
    private static final String PATH = "Ljakarta/ws/rs/Path;";
    private static final Set<String> VERBS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

    private final CompiledClasses application;
    private final Map<String, Collection<String>> subtypes;

    private JsonTypes(CompiledClasses application) {
        this.application = application;
        this.subtypes = application.subtypes();
    }

    static List<String> unregistered(CompiledClasses application) {
        return new JsonTypes(application).unregistered();
    }

    private List<String> unregistered() {
        JsonCalls.Found calls = JsonCalls.in(application);
        Set<String> needed = new TreeSet<>(reachable(Signatures.ours(application, calls.types()), false));
        application.all().stream().filter(JsonTypes::isAnnotatedForJackson).forEach(type -> needed.add(type.name));
        needed.removeAll(named());
        needed.removeAll(reachable(Signatures.ours(application, inRoutes()), true));
        return Stream.concat(
                        needed.stream()
                                .map(name -> name.replace('/', '.')
                                        + " is written or read as JSON, and not registered: @RegisterForReflection"),
                        calls.unknown().stream()
                                .map(caller -> "it cannot be told what " + caller + " writes or reads as JSON"))
                .toList();
    }

    /** The types, what their components and fields hold, and what extends or implements them. */
    private Set<String> reachable(Set<String> roots, boolean byGetters) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            String name = open.pop();
            ClassNode type = application.find(name);
            if (type != null && found.add(name)) {
                open.addAll(subtypes.getOrDefault(name, List.of()));
                Stream.ofNullable(type.superName).forEach(open::add);
                type.fields.stream()
                        .filter(field -> (field.access & Opcodes.ACC_STATIC) == 0)
                        .forEach(field -> open.addAll(Signatures.ofField(field)));
                type.methods.stream()
                        .filter(method -> byGetters && isGetter(method))
                        .forEach(method -> open.addAll(Signatures.ofReturn(method)));
            }
        }
        return found;
    }

    private static boolean isGetter(MethodNode method) {
        return (method.access & Opcodes.ACC_STATIC) == 0 && method.desc.startsWith("()") && !method.desc.endsWith("V");
    }

    private Set<String> named() {
        Set<String> named = new LinkedHashSet<>();
        for (ClassNode type : application.all()) {
            AnnotationNode annotation = annotation(type.visibleAnnotations, REGISTERED);
            if (annotation != null) {
                List<String> targets = targets(annotation);
                named.addAll(targets.isEmpty() ? List.of(type.name) : targets);
            }
        }
        return named;
    }

    private static List<String> targets(AnnotationNode annotation) {
        return annotation.values == null
                ? List.of()
                : annotation.values.stream()
                        .filter(List.class::isInstance)
                        .flatMap(list -> ((List<?>) list).stream())
                        .filter(Type.class::isInstance)
                        .map(type -> ((Type) type).getInternalName())
                        .toList();
    }

    /** What resource methods take and answer. */
    private Set<String> inRoutes() {
        Set<String> types = new LinkedHashSet<>();
        application
                .methods()
                .filter(member -> annotation(member.type().visibleAnnotations, PATH) != null)
                .filter(JsonTypes::isRoute)
                .forEach(member -> {
                    types.addAll(Signatures.ofReturn(member.method()));
                    for (int i = 0; i < Type.getArgumentCount(member.method().desc); i++) {
                        types.addAll(Signatures.ofParameter(member.method(), i));
                    }
                });
        return types;
    }

    private static boolean isRoute(Member member) {
        return VERBS.stream()
                .anyMatch(
                        verb -> annotation(member.method().visibleAnnotations, "Ljakarta/ws/rs/" + verb + ";") != null);
    }

    private static boolean isAnnotatedForJackson(ClassNode type) {
        Stream<@Nullable List<AnnotationNode>> all = Stream.of(
                        Stream.of(type.visibleAnnotations),
                        type.fields.stream().map((FieldNode field) -> field.visibleAnnotations),
                        type.methods.stream().map(method -> method.visibleAnnotations))
                .flatMap(each -> each);
        return all.flatMap(each -> each == null ? Stream.empty() : each.stream())
                .anyMatch(annotation -> annotation.desc.startsWith("Lcom/fasterxml/jackson/"));
    }

    private static @Nullable AnnotationNode annotation(@Nullable List<AnnotationNode> annotations, String descriptor) {
        return annotations == null
                ? null
                : annotations.stream()
                        .filter(annotation -> annotation.desc.equals(descriptor))
                        .findFirst()
                        .orElse(null);
    }
}
