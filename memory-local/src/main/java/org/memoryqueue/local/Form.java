package org.memoryqueue.local;

import java.nio.file.Path;
import java.util.List;

/** What a service is started from. */
sealed interface Form {

    /** The command line that starts it, with a heap for a laptop. */
    List<String> command();

    /** A runnable jar. A JVM that has used its heap up ends, and is started again. */
    record Jar(Path file) implements Form {

        @Override
        public List<String> command() {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            return List.of(
                    java,
                    "-Xmx512m",
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "-jar",
                    file.toString());
        }
    }

    /** A native executable. */
    record Executable(Path file) implements Form {

        @Override
        public List<String> command() {
            return List.of(file.toString(), "-Xmx512m");
        }
    }
}
