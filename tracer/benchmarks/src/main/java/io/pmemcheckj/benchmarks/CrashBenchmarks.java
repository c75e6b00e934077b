package io.pmemcheckj.benchmarks;

import io.pmemcheckj.benchmarks.CrashStores.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How often each engine of {@code pmemcheck-j crash} runs the check until it knows the same, and how many images it checks in a
 * second.
 *
 * <p>{@code java -cp pmemcheck-j-benchmarks.jar io.pmemcheckj.benchmarks.CrashBenchmarks [pmemcheck-j.jar]}; the default is
 * the jar that the build made, below the working directory.
 */
public final class CrashBenchmarks {
    private static final List<String> ENGINES = List.of(
            "representative",
            "exhaustive",
            "reads",
            "random",
            "none",
            "check",
            "partial",
            "accumulative",
            "reverse-accumulative",
            "full");

    private static final int REPEATS = 3;

    private final Path jar;
    private final Path folder;

    private CrashBenchmarks(Path jar, Path folder) {
        this.jar = jar;
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        Path jar = Path.of(args.length > 0 ? args[0] : "cli/app/target/pmemcheck-j.jar");
        if (!Files.isRegularFile(jar)) {
            System.err.println(jar + " is missing: build it first, or name it as the first argument");
            System.exit(2);
        }
        Path folder = Files.createTempDirectory("pmemcheck-j-benchmarks");
        try {
            CrashBenchmarks benchmarks = new CrashBenchmarks(jar.toAbsolutePath(), folder);
            System.out.printf(
                    "%s, JDK %s, %d cores%n%n",
                    LocalDate.now(), Runtime.version(), Runtime.getRuntime().availableProcessors());
            benchmarks.engines();
            benchmarks.speed();
        } finally {
            delete(folder);
        }
    }

    private void engines() throws Exception {
        Path trace = trace(Kind.RECORD_AND_FLAG);
        System.out.println("| engine | states tried | check runs | coverage |\n|---|--:|--:|---|");
        for (String engine : ENGINES) {
            String exploration = crash(trace, "--engine", engine);
            long checked = number(exploration, "checked");
            System.out.printf(
                    "| %s | %d | %d | %s |%n",
                    engine, checked + number(exploration, "duplicates"), checked, word(exploration, "coverage"));
        }
    }

    private void speed() throws Exception {
        Path trace = trace(Kind.SCATTERED);
        System.out.println("\n| 64 MiB, in-process check, one job | images | images a second |\n|---|--:|--:|");
        for (int i = 0; i < REPEATS; i++) {
            String exploration = crash(trace, "--engine", "exhaustive", "--max-states", "1000000");
            long checked = number(exploration, "checked");
            System.out.printf(
                    Locale.ROOT,
                    "| run %d | %d | %.0f |%n",
                    i + 1,
                    checked,
                    checked * 1000.0 / number(exploration, "durationMs"));
        }
    }

    private Path trace(Kind kind) throws Exception {
        Path trace = folder.resolve(kind + ".trace");
        tool(List.of(
                "run",
                "--no-progress",
                "--quiet",
                "--fail-on",
                "never",
                "--emulate-pmem",
                "--values",
                "--keep-trace",
                trace.toString(),
                "--report-dir",
                folder.resolve("report").toString(),
                "--",
                "-cp",
                classPath(),
                CrashStores.class.getName(),
                kind.name(),
                folder.toString()));
        return trace;
    }

    /** The part of the report that tells of the exploration. */
    private String crash(Path trace, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "crash",
                "--no-progress",
                "--quiet",
                "--fail-on",
                "never",
                "--jobs",
                "1",
                "--report-dir",
                folder.resolve("report").toString(),
                "--check-class",
                CrashStores.CHECK,
                "--class-path",
                classPath()));
        command.addAll(List.of(options));
        command.add(trace.toString());
        tool(command);
        String report = Files.readString(folder.resolve("report/report.json"));
        return report.substring(report.indexOf("\"exploration\""));
    }

    private static long number(String json, String field) {
        return Long.parseLong(find(json, "\"" + field + "\"\\s*:\\s*(\\d+)"));
    }

    private static String word(String json, String field) {
        return find(json, "\"" + field + "\"\\s*:\\s*\"(\\w+)\"");
    }

    private static String find(String json, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + json);
        }
        return matcher.group(1);
    }

    private void tool(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-jar", jar.toString()));
        command.addAll(arguments);
        int exit = new ProcessBuilder(command)
                .inheritIO()
                .directory(folder.toFile())
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("exit " + exit + " of " + String.join(" ", command));
        }
    }

    private static String classPath() throws Exception {
        return Path.of(CrashBenchmarks.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
