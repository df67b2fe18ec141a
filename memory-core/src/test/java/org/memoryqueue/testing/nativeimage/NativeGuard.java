package org.memoryqueue.testing.nativeimage;

import java.util.List;
import java.util.stream.Stream;

/**
 * Finds what would not work in a native executable, or would break its build, by looking at compiled classes: reflection
 * that nobody registered, types that Jackson could not see into, files that would be missing, constraints whose messages
 * would be, and static initialisers that would freeze the moment of the build. What only a build can tell, {@code src-native/README.md} lists.
 */
public final class NativeGuard {

    private NativeGuard() {}

    /** One line for each finding; none when all is well. */
    public static List<String> findings(CompiledClasses application) {
        return Stream.of(
                        Reflection.in(application),
                        JsonTypes.unregistered(application),
                        Resources.missing(application),
                        Constraints.withoutMessage(application),
                        StaticState.in(application))
                .flatMap(List::stream)
                .sorted()
                .toList();
    }
}
