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

    private static final String ATTACHER = "io.pmemcheckj.agent.Attacher";

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
        List<String> command = new ArrayList<>(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        return runJava(command, arguments.get(0), output);
    }

    /**
     * Attaches the agent to a JVM.
     *
     * @param options of the agent
     * @param output file that gets why it failed
     * @return 0 when it is attached
     */
    int attach(long pid, String options, Path output) throws IOException {
        List<String> command = List.of("-cp", jar.toString(), ATTACHER, Long.toString(pid), jar.toString(), options);
        return runJava(command, "attach", output);
    }

    private static int runJava(List<String> arguments, String name, Path output) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        // Options meant for the tests would print here, and put this process under an agent as well.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Process process = builder.start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while pmemcheck-j " + name + " ran", e);
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
