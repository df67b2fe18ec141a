package org.memoryqueue.local.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets root run Postgres, which refuses to. In a user namespace without a mapping, the same user has no name and no
 * privileges, while its files stay its own.
 */
final class RootDisguise {
    private static final boolean NEEDED = runsAsRoot();

    private RootDisguise() {}

    static List<String> around(List<String> command) {
        if (!NEEDED) {
            return command;
        }
        List<String> disguised = new ArrayList<>(List.of("unshare", "-U"));
        disguised.addAll(command);
        return disguised;
    }

    private static boolean runsAsRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException e) {
            // No /proc: macOS, where one does not work as root.
            return "root".equals(System.getProperty("user.name"));
        }
    }
}
