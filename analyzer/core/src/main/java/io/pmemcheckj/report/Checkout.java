package io.pmemcheckj.report;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The repository that the working directory is part of. What shows findings beside the code of a repository names files
 * from its root; our paths begin in the working directory.
 *
 * @param root the repository's root; without one the working directory itself
 * @param folder the working directory below it, with a slash at its end; empty if it is the root
 */
record Checkout(Path root, String folder) {

    static Checkout of(Path workingFolder) {
        Path here = workingFolder.toAbsolutePath().normalize();
        for (Path parent = here; parent != null; parent = parent.getParent()) {
            if (Files.exists(parent.resolve(".git"))) { // a folder, or a file in a further work tree
                String below = parent.relativize(here).toString().replace('\\', '/');
                return new Checkout(parent, below.isEmpty() ? "" : below + "/");
            }
        }
        return new Checkout(here, "");
    }

    /** The path from the root, with slashes, of a file of the repository; nothing for any other file. */
    Optional<String> path(Sources.SourceFile file) {
        if (file.inTree()) {
            return Optional.of(folder + file.path());
        }
        Path elsewhere = Path.of(file.path());
        return !file.path().contains("!/") && elsewhere.startsWith(root)
                ? Optional.of(root.relativize(elsewhere).toString().replace('\\', '/'))
                : Optional.empty();
    }

    URI uri() {
        return root.toUri();
    }
}
