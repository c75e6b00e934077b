package io.pmemcheckj.samples;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The JDKs on this machine that the tool supports, one for each major version.
 *
 * <p>Looked for in the JDK that runs the tests, in the folders named by the environment variable {@value #VARIABLE}
 * (separated like a class path), and below {@code /usr/lib/jvm}.
 */
final class Jdks {
    static final String VARIABLE = "PMEMCHECK_J_TEST_JDKS";
    private static final int OLDEST = 17;
    private static final int NEWEST = 25;

    /** A JDK: its major version and the folder that holds {@code bin/java}. */
    record Jdk(int version, Path home) {
        Path java() {
            return home.resolve("bin/java");
        }

        Path javac() {
            return home.resolve("bin/javac");
        }

        @Override
        public String toString() {
            return "JDK " + version;
        }
    }

    private Jdks() {}

    /** All of them, oldest first. */
    static List<Jdk> all() {
        Map<Integer, Jdk> found = new TreeMap<>();
        for (Path home : candidates()) {
            int version = majorVersion(home);
            if (version >= OLDEST && version <= NEWEST && Files.isExecutable(home.resolve("bin/javac"))) {
                found.putIfAbsent(version, new Jdk(version, home));
            }
        }
        return List.copyOf(found.values());
    }

    /** The JDK that runs the tests. */
    static Jdk current() {
        return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
    }

    private static List<Path> candidates() {
        List<Path> homes = new ArrayList<>();
        homes.add(Path.of(System.getProperty("java.home")));
        String listed = System.getenv(VARIABLE);
        if (listed != null && !listed.isBlank()) {
            Stream.of(listed.split(File.pathSeparator)).map(Path::of).forEach(homes::add);
        }
        Path system = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(system)) {
            try (Stream<Path> folders = Files.list(system)) {
                folders.sorted().forEach(homes::add);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return homes;
    }

    /** From the file {@code release} of the JDK, without starting it; 0 when there is none. */
    static int majorVersion(Path home) {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
        } catch (IOException e) {
            return 0;
        }
        String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
        return Runtime.Version.parse(version).feature();
    }
}
