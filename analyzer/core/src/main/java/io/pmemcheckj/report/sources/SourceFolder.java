package io.pmemcheckj.report.sources;

import io.pmemcheckj.report.Sources.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A folder of packages, or the root of a project with such folders further below. */
final class SourceFolder implements SourceRoot {
    private final Path folder;
    private final Path workingFolder;
    private ProjectLayout layout;

    SourceFolder(Path folder, Path workingFolder) {
        this.folder = folder;
        this.workingFolder = workingFolder;
    }

    @Override
    public Optional<SourceFile> find(String name) {
        Optional<SourceFile> found = read(folder, name);
        if (found.isPresent()) {
            return found;
        }
        if (layout == null) {
            layout = ProjectLayout.of(folder);
        }
        return layout.packageFolders().stream()
                .map(packages -> read(packages, name))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<SourceFile> read(Path packages, String name) {
        try {
            Path file = packages.resolve(name);
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(file)) {
                return SourceRoot.read(in)
                        .map(lines -> new SourceFile(
                                SourceRoot.display(file, workingFolder), file.startsWith(workingFolder), lines));
            }
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
