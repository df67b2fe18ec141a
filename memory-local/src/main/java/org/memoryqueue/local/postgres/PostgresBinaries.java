package org.memoryqueue.local.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.local.process.ExecutableCache;
import org.tukaani.xz.XZInputStream;

/**
 * The Postgres programs for this machine, from a jar of {@code io.zonky.test.postgres} on the class path. Its companion
 * library is not used: it starts the server through {@code pg_ctl}, which hands the server over to init, so that nobody
 * would notice a crash, and it would outlive a launcher that is killed.
 */
public final class PostgresBinaries {
    private static final Pattern VERSION = Pattern.compile("-(\\d+)\\.(\\d+)[.\\d]*\\.jar$");

    private final Path directory;
    private final int majorVersion;

    private PostgresBinaries(Path directory, int majorVersion) {
        this.directory = directory;
        this.majorVersion = majorVersion;
    }

    /**
     * Unpacks them (about two seconds) unless that was done before.
     *
     * @throws IOException when the class path holds none for this operating system, or the cache cannot be written
     */
    public static PostgresBinaries obtain() throws IOException {
        URL archive = archive();
        Path unpacked = ExecutableCache.obtain(cacheName(archive), directory -> unpack(archive, directory));
        return new PostgresBinaries(unpacked, Integer.parseInt(version(archive).group(1)));
    }

    /** Whether {@link #obtain} will find them unpacked. */
    public static boolean areUnpacked() throws IOException {
        return ExecutableCache.holds(cacheName(archive()));
    }

    int majorVersion() {
        return majorVersion;
    }

    String program(String name) {
        return directory.resolve("bin").resolve(name).toString();
    }

    private static URL archive() throws IOException {
        String system =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String architecture = System.getProperty("os.arch", "").equals("aarch64") ? "arm_64" : "x86_64";
        String name = "/postgres-" + system + "-" + architecture + ".txz";
        @Nullable URL archive = PostgresBinaries.class.getResource(name);
        if (archive == null) {
            throw new IOException("No embedded Postgres for this system (" + name.substring(1)
                    + " is not on the class path): set DATABASE_URL to a Postgres of yours");
        }
        return archive;
    }

    private static String cacheName(URL archive) throws IOException {
        return "postgres-" + version(archive).group(1) + "." + version(archive).group(2);
    }

    private static Matcher version(URL archive) throws IOException {
        Matcher matcher = VERSION.matcher(
                ((JarURLConnection) archive.openConnection()).getJarFileURL().getPath());
        if (!matcher.find()) {
            throw new IOException("No version in the name of " + archive);
        }
        return matcher;
    }

    private static void unpack(URL archive, Path directory) throws IOException {
        try (InputStream file = new BufferedInputStream(archive.openStream());
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, entry.resolveIn(directory));
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        if ((entry.getMode() & 0111) != 0 && !target.toFile().setExecutable(true, true)) {
            throw new IOException(target + " cannot be made executable");
        }
    }
}
