package org.memoryqueue.testing.nativeimage;

import java.util.Map;
import java.util.Set;
import org.memoryqueue.testing.nativeimage.Calls.Call;

/**
 * Tells which calls see or make what is there for a moment only: time, chance, settings of a machine, threads, files and
 * connections. Those of the JDK are complete as far as one call of ours reaches; of libraries, those that we use. Three are
 * left out, since they give the same wherever they run: {@code System.lineSeparator}, {@code System.identityHashCode}, and
 * {@code Path.of}, which looks at no disk.
 */
final class OfTheMoment {

    private static final Set<String> TYPES = Set.of(
            // Chance. An instance carries its seed with it.
            "java/util/Random",
            "java/util/SplittableRandom",
            "java/util/concurrent/ThreadLocalRandom",
            "java/security/SecureRandom",
            "java/security/KeyPairGenerator",
            "javax/crypto/KeyGenerator",
            // Connections.
            "java/net/InetAddress",
            "java/net/NetworkInterface",
            "java/net/Socket",
            "java/net/ServerSocket",
            "java/net/DatagramSocket",
            "java/net/MulticastSocket",
            "java/net/URLConnection",
            "java/net/HttpURLConnection",
            "java/sql/DriverManager",
            "javax/net/SocketFactory",
            "javax/net/ssl/SSLContext",
            "javax/net/ssl/SSLSocketFactory",
            "javax/net/ssl/TrustManagerFactory",
            "javax/net/ssl/HttpsURLConnection",
            // Files.
            "java/io/File",
            "java/io/FileInputStream",
            "java/io/FileOutputStream",
            "java/io/FileReader",
            "java/io/FileWriter",
            "java/io/RandomAccessFile",
            "java/nio/file/Files",
            "java/util/zip/ZipFile",
            "java/util/jar/JarFile",
            // Threads.
            "java/lang/Thread",
            "java/lang/ThreadGroup",
            "java/util/Timer",
            "java/util/concurrent/Executors",
            "java/util/concurrent/ThreadPoolExecutor",
            "java/util/concurrent/ScheduledThreadPoolExecutor",
            "java/util/concurrent/ForkJoinPool",
            "java/util/concurrent/SubmissionPublisher",
            "io/smallrye/mutiny/infrastructure/Infrastructure",
            // The machine.
            "java/lang/Runtime",
            "java/lang/ProcessHandle",
            "java/lang/ProcessBuilder",
            "java/lang/management/ManagementFactory",
            "java/util/prefs/Preferences",
            "org/eclipse/microprofile/config/ConfigProvider");

    private static final Set<String> PACKAGES = Set.of(
            "java/net/http/", "java/nio/channels/", "java/util/random/", "io/netty/channel/", "io/netty/bootstrap/");

    /** By regular expressions of their names. */
    private static final Map<String, String> METHODS = Map.ofEntries(
            Map.entry(
                    "java/lang/System",
                    "currentTimeMillis|nanoTime|getenv|getProperty|getProperties|setProperty|clearProperty|console"),
            Map.entry("java/lang/Integer", "getInteger"),
            Map.entry("java/lang/Long", "getLong"),
            Map.entry("java/lang/Boolean", "getBoolean"),
            Map.entry("java/lang/Math", "random"),
            Map.entry("java/lang/StrictMath", "random"),
            Map.entry("java/lang/ref/Cleaner", "create"),
            Map.entry("java/net/URL", "open.*|getContent"),
            Map.entry("java/nio/ByteBuffer", "allocateDirect"),
            Map.entry("java/nio/charset/Charset", "defaultCharset"),
            Map.entry("java/nio/file/Path", "toAbsolutePath|toRealPath|register"),
            Map.entry("java/nio/file/FileSystem", "newWatchService|getFileStores"),
            Map.entry("java/nio/file/FileSystems", "newFileSystem"),
            Map.entry("java/time/Clock", "system.*|tick.*"),
            Map.entry("java/time/InstantSource", "system"),
            Map.entry("java/time/ZoneId", "systemDefault"),
            Map.entry("java/util/Calendar", "getInstance"),
            Map.entry("java/util/Collections", "shuffle"),
            Map.entry("java/util/Locale", "getDefault"),
            Map.entry("java/util/TimeZone", "getDefault"),
            Map.entry("java/util/UUID", "randomUUID"),
            Map.entry("java/util/concurrent/CompletableFuture", ".*Async|delayedExecutor|orTimeout|completeOnTimeout"),
            Map.entry("io/vertx/core/Vertx", "vertx|builder|clusteredVertx"),
            Map.entry("io/vertx/mutiny/core/Vertx", "vertx|builder|clusteredVertx"));

    private OfTheMoment() {}

    static boolean is(Call call) {
        return TYPES.contains(call.owner())
                || PACKAGES.stream().anyMatch(call.owner()::startsWith)
                || call.name().matches(METHODS.getOrDefault(call.owner(), ""))
                || call.owner().startsWith("java/time/") && call.name().equals("now")
                || call.name().matches("parallelStream|parallel")
                        && call.owner().startsWith("java/util/")
                || isMadeOfNow(call);
    }

    /** A date or a calendar that is given no time takes the present one. */
    private static boolean isMadeOfNow(Call call) {
        return call.isOf("java/util/Date", "<init>") && call.descriptor().equals("()V")
                || call.isOf("java/util/GregorianCalendar", "<init>");
    }
}
