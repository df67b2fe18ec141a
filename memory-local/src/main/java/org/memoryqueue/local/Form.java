package org.memoryqueue.local;

import java.nio.file.Path;
import java.util.List;

/** What a service is started from. */
sealed interface Form {

    /** The command line that starts it, with a heap for a laptop. */
    List<String> command();

    /** What a service that has used its heap up does: it ends, and is started again. */
    String OUT_OF_MEMORY = "-XX:+ExitOnOutOfMemoryError";

    /** A runnable jar. */
    record Jar(Path file) implements Form {

        @Override
        public List<String> command() {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            return List.of(
                    java,
                    "-Xmx512m",
                    "-XX:+UseSerialGC",
                    OUT_OF_MEMORY,
                    "--enable-native-access=ALL-UNNAMED",
                    "-jar",
                    file.toString());
        }
    }

    /** A native executable. */
    record Executable(Path file) implements Form {

        @Override
        public List<String> command() {
            return List.of(file.toString(), "-Xmx512m", OUT_OF_MEMORY);
        }
    }
}
