package org.memoryqueue.testing.nativeimage;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;

/**
 * Finds constraints of Jakarta Validation that take their message from a resource bundle, which an executable may not hold
 * and whose words depend on a locale. Ours are to have a default that is a text, those of others to be given one where they
 * are used, unless what they add up to says it for them.
 */
final class Constraints {

    private static final String CONSTRAINT = "Ljakarta/validation/Constraint;";
    private static final String SAYS_IT_FOR_ALL = "Ljakarta/validation/ReportAsSingleViolation;";
    private static final String OTHERS = "L(jakarta/validation|org/hibernate/validator)/constraints/.*";

    private Constraints() {}

    static List<String> withoutMessage(CompiledClasses application) {
        return application.all().stream()
                .flatMap(type -> Stream.concat(
                        ofOurs(type).filter(message -> !isText(message)).map(any -> name(type) + " is a constraint"),
                        ofOthers(type)
                                .filter(constraint -> !isText(value(constraint, "message")))
                                .map(constraint -> name(type) + " has a constraint "
                                        + Type.getType(constraint.desc).getClassName())))
                .map(finding -> finding + " without a message of its own: bundles may be missing")
                .distinct()
                .toList();
    }

    /** The default of the message, if the type is a constraint. */
    private static Stream<@Nullable Object> ofOurs(ClassNode type) {
        return isAnnotatedWith(type, CONSTRAINT)
                ? type.methods.stream()
                        .filter(method -> method.name.equals("message"))
                        .map(method -> method.annotationDefault)
                : Stream.empty();
    }

    private static Stream<AnnotationNode> ofOthers(ClassNode type) {
        return annotations(type).flatMap(Constraints::unfolded).filter(annotation -> annotation.desc.matches(OTHERS));
    }

    private static Stream<AnnotationNode> annotations(ClassNode type) {
        Stream<@Nullable Collection<? extends AnnotationNode>> ofType = isAnnotatedWith(type, SAYS_IT_FOR_ALL)
                ? Stream.empty()
                : Stream.of(type.visibleAnnotations, type.visibleTypeAnnotations);
        Stream<@Nullable Collection<? extends AnnotationNode>> ofFields = type.fields.stream()
                .flatMap(field -> Stream.of(field.visibleAnnotations, field.visibleTypeAnnotations));
        Stream<@Nullable Collection<? extends AnnotationNode>> ofMethods = type.methods.stream()
                .flatMap(method -> Stream.concat(
                        Stream.of(method.visibleAnnotations, method.visibleTypeAnnotations),
                        Stream.ofNullable(method.visibleParameterAnnotations).flatMap(Arrays::stream)));
        return Stream.of(ofType, ofFields, ofMethods)
                .flatMap(all -> all)
                .filter(Objects::nonNull)
                .flatMap(Collection::stream);
    }

    /** The annotations of a list of them, as of {@code @Pattern.List}. */
    private static Stream<AnnotationNode> unfolded(AnnotationNode annotation) {
        return annotation.desc.endsWith("$List;") && value(annotation, "value") instanceof List<?> all
                ? all.stream().filter(AnnotationNode.class::isInstance).map(AnnotationNode.class::cast)
                : Stream.of(annotation);
    }

    private static boolean isAnnotatedWith(ClassNode type, String descriptor) {
        return type.visibleAnnotations != null
                && type.visibleAnnotations.stream().anyMatch(annotation -> annotation.desc.equals(descriptor));
    }

    /** ASM keeps names and values in turn. */
    private static @Nullable Object value(AnnotationNode annotation, String name) {
        List<Object> values = annotation.values == null ? List.of() : annotation.values;
        return IntStream.range(0, values.size() / 2)
                .filter(i -> values.get(2 * i).equals(name))
                .mapToObj(i -> values.get(2 * i + 1))
                .findFirst()
                .orElse(null);
    }

    /** What is in braces is looked up in a bundle first, also what turns out to be a member of the constraint. */
    private static boolean isText(@Nullable Object message) {
        return message instanceof String text && !text.isBlank() && !text.contains("{");
    }

    private static String name(ClassNode type) {
        return type.name.replace('/', '.');
    }
}
