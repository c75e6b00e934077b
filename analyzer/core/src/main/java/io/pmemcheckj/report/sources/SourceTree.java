package io.pmemcheckj.report.sources;

import io.pmemcheckj.findings.Location;
import io.pmemcheckj.report.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Source code in folders and jars. Nothing is looked at before the first question, and what cannot be read is not there:
 * a report without source code is still a report. Not for use by several threads.
 */
public final class SourceTree implements Sources {
    /** Files kept: enough for findings that lie together, little enough for any heap. */
    private static final int MOST_CACHED = 200;

    private final List<SourceRoot> roots;
    private final Map<String, Optional<SourceFile>> cache = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<SourceFile>> eldest) {
            return size() > MOST_CACHED;
        }
    };

    private SourceTree(List<SourceRoot> roots) {
        this.roots = roots;
    }

    /**
     * Source code in these places, the first one first.
     *
     * @param places folders that hold packages, roots of projects, and jars of sources
     * @param workingFolder what the paths of source files are relative to
     * @throws IOException with a message for the user, if a place is neither a folder nor a jar
     */
    public static SourceTree of(List<Path> places, Path workingFolder) throws IOException {
        Path base = workingFolder.toAbsolutePath().normalize();
        List<SourceRoot> roots = new ArrayList<>();
        for (Path place : places) {
            Path path = base.resolve(place).normalize();
            if (Files.isDirectory(path)) {
                roots.add(new SourceFolder(path, base));
            } else if (SourceJar.isJar(path)) {
                roots.add(new SourceJar(path, base));
            } else {
                throw new IOException(
                        Files.exists(path)
                                ? place + " is neither a folder nor a jar of sources"
                                : "no such folder or jar: " + place);
            }
        }
        return new SourceTree(List.copyOf(roots));
    }

    @Override
    public Optional<SourceFile> find(Location location) {
        String name = nameOf(location);
        if (name == null) {
            return Optional.empty();
        }
        Optional<SourceFile> known = cache.get(name);
        if (known == null) {
            known = search(name);
            cache.put(name, known);
        }
        return known;
    }

    private Optional<SourceFile> search(String name) {
        for (SourceRoot root : roots) {
            Optional<SourceFile> found = root.find(name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** {@code com/example/Log.java}, or null where that is not known or no name of a file below a folder. */
    private static String nameOf(Location location) {
        String name = location.pathInPackage();
        return name != null && isBelow(name) ? name : null;
    }

    /** Names come from class files and from reports, which can hold anything: none may lead out of a source folder. */
    private static boolean isBelow(String name) {
        for (String part : name.split("/", -1)) {
            if (part.isBlank() || part.equals(".") || part.equals("..") || part.indexOf('\\') >= 0) {
                return false;
            }
        }
        return name.indexOf('\0') < 0;
    }
}
