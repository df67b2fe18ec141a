package org.memoryqueue.testing.nativeimage;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.memoryqueue.testing.nativeimage.Calls.Call;
import org.memoryqueue.testing.nativeimage.CompiledClasses.Member;

/**
 * Finds static initialisers that look at the clock, draw lots, read the environment, start threads or open anything. Quarkus
 * runs them when an executable is built: what they saw of that machine would be what every start sees.
 */
final class StaticState {

    private static final Set<String> NEVER = Set.of(
            "java/util/Random",
            "java/util/SplittableRandom",
            "java/util/concurrent/ThreadLocalRandom",
            "java/security/SecureRandom",
            "java/net/InetAddress",
            "java/net/Socket",
            "java/net/ServerSocket",
            "java/net/http/HttpClient",
            "java/io/File",
            "java/io/FileInputStream",
            "java/io/FileOutputStream",
            "java/io/RandomAccessFile",
            "java/nio/file/Files",
            "java/lang/Thread",
            "java/lang/Runtime",
            "java/lang/ProcessHandle",
            "java/lang/ProcessBuilder",
            "java/lang/management/ManagementFactory",
            "java/util/Timer",
            "java/util/concurrent/Executors",
            "org/eclipse/microprofile/config/ConfigProvider");

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
                .flatMap(call -> isOfTheMoment(call)
                        ? Stream.of(initialiser.type().name.replace('/', '.')
                                + " has a static initialiser that calls " + call
                                + (current.equals(initialiser) ? "" : " (in " + current + ")"))
                        : application.method(call.owner(), call.name(), call.descriptor()).stream()
                                .flatMap(callee -> in(application, initialiser, callee, visited)));
    }

    private static boolean isOfTheMoment(Call call) {
        return NEVER.contains(call.owner())
                || call.owner().startsWith("java/time/") && call.name().equals("now")
                || call.isOf("java/time/Clock") && call.name().startsWith("system")
                || call.isOf("java/time/ZoneId", "systemDefault")
                || call.isOf("java/util/Locale", "getDefault")
                || call.isOf("java/util/UUID", "randomUUID")
                || call.isOf("java/lang/Math", "random")
                || call.isOf("java/lang/Integer", "getInteger")
                || call.isOf("java/lang/Long", "getLong")
                || call.isOf("java/lang/Boolean", "getBoolean")
                || call.isOf(
                        "java/lang/System", "currentTimeMillis", "nanoTime", "getenv", "getProperty", "getProperties");
    }
}
