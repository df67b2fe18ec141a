package org.memoryqueue.worker.system;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a container builder is given of the project for a Dockerfile: all but what the {@code .dockerignore} beside it leaves
 * out. The last of its patterns that matches a path, or a directory above it, decides.
 */
final class BuildContext {

    private final List<Rule> rules;

    private record Rule(PathMatcher pattern, boolean included) {

        boolean matches(Path path) {
            for (@Nullable Path part = path; part != null; part = part.getParent()) {
                if (pattern.matches(part)) {
                    return true;
                }
            }
            return false;
        }
    }

    private BuildContext(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    static BuildContext of(Path dockerfile) throws IOException {
        List<Rule> rules = new ArrayList<>();
        for (String line : Files.readAllLines(dockerfile.resolveSibling(dockerfile.getFileName() + ".dockerignore"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                boolean included = line.startsWith("!");
                // To Docker any number of directories may also be none.
                String glob = line.strip().substring(included ? 1 : 0).replaceFirst("^\\*\\*/", "{**/,}");
                rules.add(new Rule(FileSystems.getDefault().getPathMatcher("glob:" + glob), included));
            }
        }
        return new BuildContext(rules);
    }

    /** Whether a file or directory is given to the builder; its path is that from the project. */
    boolean includes(Path path) {
        boolean included = true;
        for (Rule rule : rules) {
            included = rule.matches(path) ? rule.included() : included;
        }
        return included;
    }
}
