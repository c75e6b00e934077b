package io.pmemcheckj.benchmarks;

import io.pmemcheckj.benchmarks.Table.Limit;
import io.pmemcheckj.benchmarks.Workload.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Runs whole programs with and without pmemcheck-j, in turn, and prints what the tool costs.
 *
 * <p>{@code java -jar pmemcheck-j-benchmarks.jar [pmemcheck-j.jar [java]]}; the defaults are the jar that the build
 * made, below the working directory, and the JVM that runs this.
 */
public final class Benchmarks {
    private static final int REPEATS = 3;
    private static final int FILLER_STORES = 20_000_000;

    /** The first changes nothing. */
    private static final List<String> RECORDING = List.of("--stacks=sampled", "--loads", "--values", "--audit");

    private static final String RECORDING_HEADER =
            "| what | untraced | traced | --loads | --values | --audit |\n|---|--:|--:|--:|--:|--:|";

    private static final String FLIGHT_HEADER =
            "| what | untraced | recorded | traced | traced and recorded |\n|---|--:|--:|--:|--:|";

    private final Path jar;
    private final Path java;
    private final Path folder;

    private Benchmarks(Path jar, Path java, Path folder) {
        this.jar = jar;
        this.java = java;
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        Path jar = Path.of(args.length > 0 ? args[0] : "cli/app/target/pmemcheck-j.jar");
        Path java = args.length > 1 ? Path.of(args[1]) : Path.of(System.getProperty("java.home"), "bin/java");
        if (!Files.isRegularFile(jar)) {
            System.err.println(jar + " is missing: build it first, or name it as the first argument");
            System.exit(2);
        }
        Path folder = Files.createTempDirectory(scratch(), "pmemcheck-j-benchmarks");
        try {
            new Benchmarks(jar.toAbsolutePath(), java, folder).run();
        } finally {
            delete(folder);
        }
    }

    /** In memory where there is such a place: the write-back of a disk's dirty pages would disturb what is measured. */
    private static Path scratch() {
        Path memory = Path.of("/dev/shm");
        return Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private void run() throws Exception {
        System.out.printf(
                "%s, %s, %d cores, median of %d runs%n%n",
                LocalDate.now(), version(), Runtime.getRuntime().availableProcessors(), REPEATS);
        System.out.println(Table.HEADER);
        workload("random store", Kind.RANDOM_STORE, Limit.difference(10));
        workload("sequential store", Kind.SEQUENTIAL_STORE, Limit.difference(3));
        workload("64-byte record written back", Kind.RECORD_WRITE_BACK, Limit.ratio(1.5));
        workload("heap buffer store", Kind.HEAP_STORE, Limit.ratio(1.5));
        workload("untracked direct store", Kind.DIRECT_STORE, Limit.ratio(1.5));
        start();
        workload("random, replay keeps up", Kind.RANDOM_STORE_SUSTAINED, Limit.NONE);
        workload("sequential, replay keeps up", Kind.SEQUENTIAL_STORE_SUSTAINED, Limit.NONE);
        wholeProgram();
        System.out.println("\n" + RECORDING_HEADER);
        recording("random store", Kind.RANDOM_STORE);
        recording("sequential store", Kind.SEQUENTIAL_STORE);
        recording("random load", Kind.RANDOM_LOAD);
        recording("sequential load", Kind.SEQUENTIAL_LOAD);
        recording("heap buffer load", Kind.HEAP_LOAD);
        recording("random, replay keeps up", Kind.RANDOM_STORE_SUSTAINED);
        recording("sequential, replay keeps up", Kind.SEQUENTIAL_STORE_SUSTAINED);
        recording("random loads, replay keeps up", Kind.RANDOM_LOAD_SUSTAINED);
        recording("uncontended lock", Kind.LOCK);
        wholeProgramRecording();
        System.out.println("\n" + FLIGHT_HEADER);
        flightRecording("random store", "ns", program(Kind.RANDOM_STORE));
        flightRecording("sequential store", "ns", program(Kind.SEQUENTIAL_STORE));
        flightRecording("64-byte record written back", "ns", program(Kind.RECORD_WRITE_BACK));
        flightRecording("hello world", "s", List.of("-cp", classPath(), Hello.class.getName()));
    }

    /** What a recording of JDK Flight Recorder costs beside it, with our events and without. */
    private void flightRecording(String what, String unit, List<String> program) throws Exception {
        List<String> recorded = new ArrayList<>(List.of(
                "-XX:StartFlightRecording:filename=" + folder.resolve("flight.jfr"), "-Xlog:jfr+startup=error"));
        recorded.addAll(program);
        double[][] figures = new double[4][REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            figures[0][i] = figure(unit, untraced(program));
            figures[1][i] = figure(unit, untraced(recorded));
            figures[2][i] = figure(unit, traced(program, "--emulate-pmem"));
            figures[3][i] = figure(unit, traced(recorded, "--emulate-pmem"));
        }
        printRecording(what, unit, figures);
    }

    /** What the program prints, or how long it took. */
    private double figure(String unit, List<String> command) throws Exception {
        return unit.equals("s") ? seconds(command) : Double.parseDouble(output(command));
    }

    /** What recording more than the default costs beside it. */
    private void recording(String what, Kind kind) throws Exception {
        List<String> program = program(kind);
        double[][] figures = new double[1 + RECORDING.size()][REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            figures[0][i] = Double.parseDouble(output(untraced(program)));
            for (int option = 0; option < RECORDING.size(); option++) {
                figures[1 + option][i] =
                        Double.parseDouble(output(traced(program, "--emulate-pmem", RECORDING.get(option))));
            }
        }
        printRecording(what, "ns", figures);
    }

    private void wholeProgramRecording() throws Exception {
        List<String> program =
                List.of("-cp", classPath(), Filler.class.getName(), folder.toString(), Integer.toString(FILLER_STORES));
        double[][] figures = new double[1 + RECORDING.size()][1];
        figures[0][0] = seconds(untraced(program));
        for (int option = 0; option < RECORDING.size(); option++) {
            figures[1 + option][0] = seconds(traced(program, RECORDING.get(option)));
        }
        printRecording(FILLER_STORES / 1_000_000 + " million random stores", "s", figures);
    }

    private static void printRecording(String what, String unit, double[][] figures) {
        StringBuilder line = new StringBuilder("| ").append(what).append(" |");
        for (double[] figure : figures) {
            line.append(String.format(Locale.ROOT, " %.2f %s |", median(figure), unit));
        }
        System.out.println(line);
    }

    private static List<String> withInternals(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "--add-exports",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-exports",
                "java.base/sun.nio.ch=ALL-UNNAMED"));
        command.addAll(List.of(arguments));
        return command;
    }

    private List<String> program(Kind kind) throws Exception {
        return withInternals("-cp", classPath(), Workload.class.getName(), kind.name(), folder.toString());
    }

    private void workload(String what, Kind kind, Limit limit) throws Exception {
        List<String> program = program(kind);
        double[] untraced = new double[REPEATS];
        double[] traced = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            untraced[i] = Double.parseDouble(output(untraced(program)));
            traced[i] = Double.parseDouble(output(traced(program, "--emulate-pmem")));
        }
        System.out.println(new Table(what, "ns", median(untraced), median(traced), limit));
    }

    /** Through the launcher, as a user starts it; its first run, which archives classes for the next ones, is left out. */
    private void start() throws Exception {
        List<String> program = List.of("-cp", classPath(), Hello.class.getName());
        List<String> throughLauncher = new ArrayList<>(traced(program));
        Path launcher = jar.resolve("../../../../pmemcheck-j").normalize();
        if (Files.isExecutable(launcher)) {
            throughLauncher.subList(0, 3).clear(); // java -jar pmemcheck-j.jar
            throughLauncher.add(0, launcher.toString());
        }
        output(throughLauncher);
        double[] untraced = new double[REPEATS];
        double[] traced = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            untraced[i] = seconds(untraced(program));
            traced[i] = seconds(throughLauncher);
        }
        System.out.println(new Table("hello world", "s", median(untraced), median(traced), Limit.difference(0.6)));
    }

    /** The whole check of a program that does little but store, and the replay of its kept trace alone. */
    private void wholeProgram() throws Exception {
        List<String> program =
                List.of("-cp", classPath(), Filler.class.getName(), folder.toString(), Integer.toString(FILLER_STORES));
        double untraced = seconds(untraced(program));
        double traced = seconds(traced(program));
        Path trace = folder.resolve("kept.trace");
        seconds(traced(program, "--keep-trace", trace.toString()));
        double analyze = seconds(List.of(
                java.toString(),
                "-jar",
                jar.toString(),
                "analyze",
                "--fail-on",
                "never",
                "--quiet",
                "--report-dir",
                folder.resolve("report").toString(),
                trace.toString()));
        System.out.println(
                new Table(FILLER_STORES / 1_000_000 + " million random stores", "s", untraced, traced, Limit.NONE));
        System.out.printf(
                "%nanalyze of the kept trace: %.1f s, %.1f million stores a second, %.2f bytes a store%n",
                analyze, FILLER_STORES / analyze / 1e6, Files.size(trace) / (double) FILLER_STORES);
    }

    private List<String> untraced(List<String> program) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(program);
        return command;
    }

    private List<String> traced(List<String> program, String... options) {
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-jar",
                jar.toString(),
                "run",
                "--no-progress",
                "--quiet",
                "--fail-on",
                "never",
                "--java",
                java.toString(),
                "--report-dir",
                folder.resolve("report").toString()));
        command.addAll(List.of(options));
        command.add("--");
        command.addAll(program);
        return command;
    }

    private String output(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .directory(folder.toFile());
        builder.environment().put("JAVA_HOME", home().toString());
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes()).trim();
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException("exit " + exit + " of " + String.join(" ", command));
        }
        return text;
    }

    /** The launcher takes its JVM from JAVA_HOME. */
    private Path home() throws IOException {
        return java.toRealPath().getParent().getParent();
    }

    private double seconds(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        output(command);
        return (System.nanoTime() - start) / 1e9;
    }

    private String version() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(java.toString(), "-version")
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return text.lines().skip(1).findFirst().orElse("unknown JVM");
    }

    private static String classPath() throws Exception {
        return Path.of(Benchmarks.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
