package io.pmemcheckj.report.sources;

import io.pmemcheckj.report.Sources.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A jar of sources, as build tools publish it ({@code x-sources.jar}). It is open only while something is read. */
final class SourceJar implements SourceRoot {
    private final Path jar;
    private final Path workingFolder;
    private Set<String> names;

    SourceJar(Path jar, Path workingFolder) {
        this.jar = jar;
        this.workingFolder = workingFolder;
    }

    static boolean isJar(Path path) {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (ZipFile zip = new ZipFile(path.toFile())) {
            return zip.size() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Optional<SourceFile> find(String name) {
        try {
            if (names == null) {
                names = readNames();
            }
            return names.contains(name) ? read(name) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Set<String> readNames() throws IOException {
        Set<String> read = new HashSet<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            zip.stream().map(ZipEntry::getName).forEach(read::add);
        }
        return read;
    }

    private Optional<SourceFile> read(String name) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile());
                InputStream in = zip.getInputStream(zip.getEntry(name))) {
            String path = SourceRoot.display(jar, workingFolder) + "!/" + name;
            return SourceRoot.read(in).map(lines -> new SourceFile(path, false, lines));
        }
    }
}
