package io.pmemcheckj.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Flags of the JVM that the tool itself runs on in tests: they halve the processor time of a start, of which there are more than a
 * thousand. No test is about the JVM's own speed; the launcher's flags are tested with the launcher.
 */
final class ToolJvm {
    private static final Path ARCHIVE = archive();

    private ToolJvm() {}

    /** For the JDK that runs the tests. */
    static List<String> flags() {
        List<String> flags = new ArrayList<>(plainFlags());
        if (ARCHIVE != null) {
            flags.add("-XX:SharedArchiveFile=" + ARCHIVE);
        }
        return flags;
    }

    /** For any JDK. */
    static List<String> plainFlags() {
        return List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    }

    /** Classes of the tool, loaded and verified; null where the JVM makes none. */
    private static Path archive() {
        try {
            Path folder = Files.createTempDirectory("archive-of-tool");
            Path archive = folder.resolve("tool.jsa");
            List<String> command = new ArrayList<>(List.of(Jdks.current().java().toString()));
            command.addAll(plainFlags());
            command.addAll(List.of(
                    "-Xlog:disable",
                    "-XX:ArchiveClassesAtExit=" + archive,
                    "-jar",
                    Checker.JAR.toAbsolutePath().toString(),
                    "run",
                    "--quiet",
                    "--report-dir",
                    folder.resolve("report").toString(),
                    "--",
                    "-version"));
            Run.of(folder, command);
            archive.toFile().deleteOnExit();
            return Files.exists(archive) ? archive : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
