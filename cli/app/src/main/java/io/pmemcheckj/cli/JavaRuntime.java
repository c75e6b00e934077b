package io.pmemcheckj.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JVM that is to run the program.
 *
 * @param executable its {@code java}
 */
record JavaRuntime(Path executable) {
    static final int OLDEST = 17;
    static final int NEWEST = 25;

    private static final Pattern FEATURE = Pattern.compile("\"?(?:1\\.)?(\\d+)[^\\s]*\"?");

    /**
     * The JVM of {@code --java}: an executable, a JDK's folder, or a name to look up in the PATH. Without the option it
     * is the one that runs this tool.
     *
     * @param option value of the option, or null
     * @param path value of the environment variable PATH
     * @throws CommandException when it cannot be run, or is none that can be traced
     */
    static JavaRuntime find(String option, String path) {
        if (option == null) {
            Path own = Path.of(System.getProperty("java.home"), "bin", "java");
            requireSupported(own.toString(), Runtime.version().feature());
            return new JavaRuntime(own);
        }
        Path executable = locate(option, path);
        if (!Files.isRegularFile(executable)) {
            throw CommandException.usage("--java: no such file: " + executable);
        }
        if (!Files.isExecutable(executable)) {
            throw CommandException.usage("--java: " + executable + " is not executable");
        }
        requireSupported(option, feature(executable));
        return new JavaRuntime(executable);
    }

    private static Path locate(String option, String path) {
        Path file = Path.of(option);
        if (Files.isDirectory(file)) {
            return file.resolve("bin").resolve("java");
        }
        if (option.indexOf('/') < 0 && !Files.exists(file) && path != null) {
            for (String folder : path.split(":")) {
                Path candidate = Path.of(folder, option);
                if (Files.isExecutable(candidate)) {
                    return candidate;
                }
            }
        }
        return file.toAbsolutePath();
    }

    private static void requireSupported(String name, int feature) {
        if (feature < OLDEST || feature > NEWEST) {
            throw CommandException.usage("cannot trace a program on Java " + feature + " (" + name + "); use Java "
                    + OLDEST + " to " + NEWEST + ", with --java PATH");
        }
    }

    /** Reads what stands beside the executable, which is much faster than to start it. */
    private static int feature(Path executable) {
        Integer written = writtenFeature(executable);
        return written != null ? written : askedFeature(executable);
    }

    private static Integer writtenFeature(Path executable) {
        try {
            Path release = executable.toRealPath().resolveSibling("../release").normalize();
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(release)) {
                properties.load(reader);
            }
            return parse(properties.getProperty("JAVA_VERSION"));
        } catch (IOException | IllegalArgumentException e) {
            return null; // a wrapper script, or an image without that file
        }
    }

    /** The feature release in a version such as {@code 17.0.15}, {@code "25"} or {@code 1.8.0_402}; null if none. */
    static Integer parse(String version) {
        Matcher matcher = FEATURE.matcher(version == null ? "" : version.strip());
        return matcher.matches() ? Integer.valueOf(matcher.group(1)) : null;
    }

    private static int askedFeature(Path executable) {
        try {
            Process process = new ProcessBuilder(executable.toString(), "-version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            // Ends the reading below, should it be something that never ends.
            process.onExit().orTimeout(10, TimeUnit.SECONDS).exceptionally(timeout -> process.destroyForcibly());
            try (BufferedReader reader = process.inputReader()) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    int quote = line.indexOf('"');
                    Integer feature =
                            quote < 0 ? null : parse(line.substring(quote).split(" ")[0]);
                    if (feature != null) {
                        return feature;
                    }
                }
            }
        } catch (IOException e) {
            throw CommandException.usage("--java: cannot run " + executable + ": " + Console.reason(e));
        }
        throw CommandException.usage("--java: " + executable + " does not answer -version as a JVM does");
    }
}
