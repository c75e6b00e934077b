package io.pmemcheckj.cli.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that doctor asks of the machine: files below a root, a few commands, and one trial. Tests put recorded machines in
 * its place. Names of files are absolute, as on the machine itself.
 */
public interface Machine {

    /** The machine that this JVM runs on. */
    static Machine here() {
        return new ThisMachine();
    }

    /** The folder that stands for {@code /}. */
    Path root();

    /** Value of an environment variable, or null. */
    String environment(String name);

    /** The user's home folder. */
    String home();

    /** Runs a command to its end, or to that of the time it is given; never throws. */
    CommandResult run(String... command);

    /**
     * What kind of file stands there, symbolic links followed.
     *
     * @throws IOException when there is none, or it cannot be looked at
     */
    FileNode node(String file) throws IOException;

    /** Tries whether a readable, non-empty regular file can be mapped with MAP_SYNC; does not change it. */
    MapSync trySync(String file);

    /** Tries whether a file in this folder can be mapped with MAP_SYNC; leaves none behind. */
    MapSync trySyncIn(String folder);

    /** Where the file of that name on the machine is to be found. */
    default Path at(String file) {
        return root().resolve(file.substring(1));
    }

    default boolean exists(String file) {
        return Files.exists(at(file));
    }

    /** The file's text without white space around it; empty when it cannot be read, as attributes in sysfs may not. */
    default Optional<String> read(String file) {
        try {
            // File names in it may be no UTF-8; that is no reason to read nothing.
            return Optional.of(new String(Files.readAllBytes(at(file)), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    default List<String> lines(String file) {
        return read(file).map(text -> text.lines().toList()).orElse(List.of());
    }

    /** Names of what is in the folder, sorted; empty when there is none. */
    default List<String> names(String folder) {
        try (Stream<Path> files = Files.list(at(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    /**
     * The file's name with all symbolic links resolved.
     *
     * @throws IOException when there is no such file
     */
    default String realPath(String file) throws IOException {
        return "/" + root().toRealPath().relativize(at(file).toRealPath());
    }

    /** The last name in the real path, for example of the link {@code driver} in sysfs; empty when there is none. */
    default Optional<String> target(String link) {
        if (!Files.exists(at(link), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(at(link).toRealPath().getFileName().toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
