package org.memoryqueue.testing.nativeimage;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.memoryqueue.testing.nativeimage.CompiledClasses.Member;

/**
 * Finds static initialisers that look at the clock, draw lots, read the environment, start threads or open anything. Quarkus
 * runs them when an executable is built: what they saw of that machine would be what every start sees.
 */
final class StaticState {

    private StaticState() {}

    static List<String> in(CompiledClasses application) {
        return application
                .methods()
                .filter(member -> member.method().name.equals("<clinit>"))
                .flatMap(initialiser -> in(application, initialiser, initialiser, new HashSet<>()))
                .distinct()
                .toList();
    }

    /** Follows calls through our own code. */
    private static Stream<String> in(
            CompiledClasses application, Member initialiser, Member current, Set<Member> visited) {
        if (!visited.add(current)) {
            return Stream.empty();
        }
        return Calls.of(current.method())
                .flatMap(call -> OfTheMoment.is(call)
                        ? Stream.of(initialiser.type().name.replace('/', '.')
                                + " has a static initialiser that calls " + call
                                + (current.equals(initialiser) ? "" : " (in " + current + ")"))
                        : application.method(call.owner(), call.name(), call.descriptor()).stream()
                                .flatMap(callee -> in(application, initialiser, callee, visited)));
    }
}
