package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One traced run of the matrix program: what it says it did, and what the trace says. */
final class MatrixRun {
    static final int REGION_BYTES = 4096;
    private static final String LOW_THRESHOLD = "-XX:CompileCommand=CompileThresholdScaling,%s::*,0.1";
    private static final int MAX_WAIT_MILLIS = 60_000;
    private static final int WAIT_MILLIS = 10;

    /** How the program is executed. */
    enum Mode {
        INTERPRETED("3", "-Xint"),
        COMPILED(
                "2000",
                "-Xbatch",
                "-XX:+PrintCompilation",
                "-XX:CompileCommand=quiet",
                // or many a row would be compiled as a part of what calls it, and not by itself
                "-XX:CompileCommand=exclude,matrix.Matrix::execute",
                "-XX:CompileCommand=exclude,*::run",
                LOW_THRESHOLD.formatted("matrixmodule.InModule"));

        private final String executions;
        private final List<String> flags;

        Mode(String executions, String... flags) {
            this.executions = executions;
            this.flags = List.of(flags);
        }
    }

    /**
     * What the program says about a row.
     *
     * @param className of the table the row stands in
     * @param place where it expects its stores to be located, {@code File.java:line}, {@code STORE:mark}, a whole place
     *     of a dump, or {@code unknown}
     * @param threads regular expression for the names of the threads that store
     * @param threadNames how many of them there are at least
     * @param region offset in the file
     * @param executions how often, 0 for a row that is not executed often enough to be compiled
     * @param bytes stored by all executions
     * @param changes ranges of bytes that are not what they were, from the start of the region
     * @param failure empty, or why the row could not be executed
     */
    record Outcome(
            String name,
            String className,
            String place,
            String threads,
            int threadNames,
            int region,
            int executions,
            long bytes,
            String changes,
            String failure) {

        private static Outcome parse(String line) {
            String[] field = line.split("\t", -1);
            return new Outcome(
                    field[0],
                    field[1],
                    field[2],
                    field[3],
                    Integer.parseInt(field[4]),
                    Integer.parseInt(field[5]),
                    Integer.parseInt(field[6]),
                    Long.parseLong(field[7]),
                    field[8],
                    field[9]);
        }
    }

    /** Level 4 is C2; what stands between the number of the compilation and the level are its attributes. */
    private static final Pattern COMPILED_BY_C2 =
            Pattern.compile("^ *\\d+ +\\d+ .....+? 4 +(\\S+::\\S+)(?: @ \\d+)? \\(\\d+ bytes\\)$");

    private final List<Outcome> outcomes;
    private final StoresInTrace trace;
    private final Set<String> compiled;

    private MatrixRun(List<Outcome> outcomes, StoresInTrace trace, Set<String> compiled) {
        this.outcomes = outcomes;
        this.trace = trace;
        this.compiled = compiled;
    }

    List<Outcome> outcomes() {
        return outcomes;
    }

    StoresInTrace.Region stored(Outcome row) {
        return trace.region(row.region());
    }

    /** @param method {@code Class::method} */
    boolean isCompiledByC2(String method) {
        return compiled.contains(method);
    }

    /** Runs the program with the agent alone, because then an agent of the program's own can come first. */
    static MatrixRun of(MatrixProgram program, Mode mode, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path data = folder.resolve("matrix.dat").toAbsolutePath();
        Path outcome = folder.resolve("outcome.txt").toAbsolutePath();
        Path trace = folder.resolve("matrix.trace").toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(program.jdk().java().toString()));
        command.addAll(mode.flags);
        command.addAll(program.options());
        if (mode == Mode.COMPILED) {
            command.addAll(lowThresholds(program));
        }
        command.add("-javaagent:" + Checker.JAR.toAbsolutePath() + "=keep-trace=" + trace);
        command.addAll(List.of("-cp", program.classes().toString(), MatrixProgram.MAIN));
        command.addAll(List.of(data.toString(), outcome.toString(), mode.executions));
        command.addAll(program.tables());
        Run run = Run.of(folder, command);
        assertEquals(0, run.exit(), run::describe);
        await(Path.of(trace + ".ring"));
        Run dump = Run.of(folder, Checker.tool("dump", trace.toString()));
        assertEquals(0, dump.exit(), dump::describe);
        List<Outcome> outcomes =
                Files.readAllLines(outcome).stream().map(Outcome::parse).toList();
        assertFalse(outcomes.isEmpty(), run::describe);
        StoresInTrace stores = StoresInTrace.read(dump.stdoutFile(), data.toString(), REGION_BYTES);
        return new MatrixRun(outcomes, stores, compiled(run.stdoutFile()));
    }

    /**
     * The thresholds for the program's own methods are a tenth of the usual, so that a tenth of the executions gets every
     * row compiled by C2, together with what it calls. There is no pattern for all classes of a package.
     */
    private static List<String> lowThresholds(MatrixProgram program) throws IOException {
        try (Stream<Path> files = Files.list(program.classes().resolve("matrix"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> LOW_THRESHOLD.formatted("matrix." + name.replace(".class", "")))
                    .toList();
        }
    }

    /** While the file of the ring is there, the trace is not complete. */
    private static void await(Path ring) throws InterruptedException {
        for (int waited = 0; Files.exists(ring); waited += WAIT_MILLIS) {
            if (waited > MAX_WAIT_MILLIS) {
                throw new AssertionError("the trace is not completed: " + ring);
            }
            Thread.sleep(WAIT_MILLIS);
        }
    }

    private static Set<String> compiled(Path output) throws IOException {
        Set<String> methods = new HashSet<>();
        try (Stream<String> lines = Files.lines(output)) {
            lines.map(COMPILED_BY_C2::matcher).filter(Matcher::matches).forEach(found -> methods.add(found.group(1)));
        }
        return methods;
    }
}
