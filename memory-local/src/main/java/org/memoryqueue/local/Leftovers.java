package org.memoryqueue.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a launcher that was killed has left: its endpoints file, and for a moment its children, which stop by themselves.
 * Two servers on one data directory would damage it, so their end is waited for.
 */
final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path endpointsFile;

    Leftovers(Path endpointsFile) {
        this.endpointsFile = endpointsFile;
    }

    /** Returns when nothing is left. To be called by whoever holds the lock of the directory. */
    void clear() throws IOException, LaunchException {
        List<Long> pids = pids();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (long pid : pids) {
            while (isAlive(pid)) {
                if (System.nanoTime() - deadline > 0 || !Pause.of(Duration.ofMillis(50))) {
                    throw LaunchException.because("Process " + pid
                            + " of an earlier run in this directory is still there: stop it first (kill " + pid + ")");
                }
            }
        }
        Files.deleteIfExists(endpointsFile);
    }

    private List<Long> pids() {
        Optional<Endpoints> left;
        try {
            left = Endpoints.read(endpointsFile);
        } catch (IOException e) {
            return List.of();
        }
        List<Long> pids = new ArrayList<>();
        left.map(Endpoints::pids).ifPresent(found -> {
            pids.addAll(found.worker());
            Stream.of(found.api(), found.redis(), found.postgres())
                    .filter(Objects::nonNull)
                    .forEach(pids::add);
        });
        return pids;
    }

    /** A process that is younger than the file has only been given the same number. */
    private boolean isAlive(long pid) throws IOException {
        Instant written = Files.getLastModifiedTime(endpointsFile).toInstant();
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().startInstant())
                .filter(born -> born.isBefore(written))
                .isPresent();
    }
}
