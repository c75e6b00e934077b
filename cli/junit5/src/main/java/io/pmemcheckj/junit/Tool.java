package io.pmemcheckj.junit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The command line tool, run by the JVM that runs this. */
final class Tool {
    /** Names another {@code pmemcheck-j.jar} than the one inside this artifact. */
    static final String PROPERTY = "pmemcheckj.jar";

    private static final String INSIDE = "pmemcheck-j.jar";

    private final Path jar;

    private Tool(Path jar) {
        this.jar = jar;
    }

    static Tool find() throws IOException {
        String named = System.getProperty(PROPERTY);
        return new Tool(named == null ? Unpacked.jar() : Path.of(named).toAbsolutePath());
    }

    /**
     * Runs a command to its end.
     *
     * @param output file that gets what it prints
     * @return its exit code
     * @throws IllegalStateException when this thread is interrupted; the command is ended, too
     */
    int run(List<String> arguments, Path output) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while pmemcheck-j " + arguments.get(0) + " ran", e);
        }
    }

    /** An agent must be a file; one copy serves all explorations of this JVM. */
    private static final class Unpacked {
        private static Path copy;

        private Unpacked() {}

        static synchronized Path jar() throws IOException {
            if (copy == null || !Files.exists(copy)) {
                try (InputStream inside = Tool.class.getResourceAsStream(INSIDE)) {
                    if (inside == null) {
                        throw new IllegalStateException(
                                "this build of pmemcheck-j-junit5 lacks the tool; name one by -D" + PROPERTY + "=FILE");
                    }
                    Path file = Files.createTempFile("pmemcheck-j", ".jar");
                    file.toFile().deleteOnExit();
                    Files.copy(inside, file, StandardCopyOption.REPLACE_EXISTING);
                    copy = file;
                }
            }
            return copy;
        }
    }
}
