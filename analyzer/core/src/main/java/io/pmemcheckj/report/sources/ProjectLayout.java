package io.pmemcheckj.report.sources;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Where a project of Maven, Gradle, or an IDE keeps its packages: {@code src}, {@code src/main/java}, {@code src/test/kotlin}
 * and the like, of the project and of its modules.
 *
 * @param packageFolders the nearest to the root first
 */
record ProjectLayout(List<Path> packageFolders) {
    /** Modules of modules of modules; deeper lies what is no module. */
    private static final int MOST_DEPTH = 3;

    /** Someone's home folder is no project, and must not cost seconds. */
    private static final int MOST_FOLDERS = 2_000;

    private static final int MOST_ENTRIES = 10_000;

    private static final Set<String> LANGUAGES = Set.of("java", "kotlin", "scala", "groovy");
    private static final Set<String> NO_MODULES = Set.of("target", "build", "out", "bin", "node_modules");

    /** @param depth of a folder below the root */
    private record Module(Path folder, int depth) {}

    static ProjectLayout of(Path root) {
        List<Path> found = new ArrayList<>();
        Deque<Module> open = new ArrayDeque<>(List.of(new Module(root, 0)));
        for (int visited = 0; visited < MOST_FOLDERS && !open.isEmpty(); visited++) {
            Module module = open.remove();
            for (Path folder : foldersIn(module.folder())) {
                if (nameOf(folder).equals("src")) {
                    addSources(folder, found);
                } else if (module.depth() < MOST_DEPTH && !NO_MODULES.contains(nameOf(folder))) {
                    open.add(new Module(folder, module.depth() + 1));
                }
            }
        }
        return new ProjectLayout(List.copyOf(found));
    }

    /** {@code src/main/java}, {@code src/main/java22}; last {@code src} itself, where packages may begin, too. */
    private static void addSources(Path src, List<Path> found) {
        for (Path sourceSet : foldersIn(src)) {
            for (Path language : foldersIn(sourceSet)) {
                if (LANGUAGES.contains(nameOf(language).replaceFirst("[0-9]+$", ""))) {
                    found.add(language);
                }
            }
        }
        found.add(src);
    }

    /** Sorted, so that the same file is found on every machine. Links are not followed, as they may lead in circles. */
    private static List<Path> foldersIn(Path folder) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            int seen = 0;
            for (Path entry : entries) {
                if (++seen > MOST_ENTRIES) {
                    break;
                }
                if (!nameOf(entry).startsWith(".") && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    folders.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        Collections.sort(folders);
        return folders;
    }

    private static String nameOf(Path folder) {
        return folder.getFileName().toString();
    }
}
