package io.pmemcheckj.junit;

import io.pmemcheckj.api.CrashCheck;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Explores what a crash can leave of a few lines of a test: runs the program traced, in a JVM of its own, then the check on
 * the states that its files can be in after a crash at any moment.
 *
 * <pre>{@code
 * @Test
 * void appendSurvivesCrashes() {
 *     CrashTest.explore(
 *             folder -> {
 *                 try (Log log = Log.open(folder.resolve("log"))) {
 *                     log.append("one");
 *                 }
 *             },
 *             image -> Log.open(image.folder().resolve("log")).forEach(record -> {}));
 * }
 * }</pre>
 *
 * <p>Nothing here is JUnit's, so it works from any test framework and from a plain {@code main}. Both JVMs have the class
 * path of the caller. Program and check travel there serialized: they may use values that are {@link Serializable}, and
 * neither fields nor methods of the test, which they would capture whole.
 *
 * <p>A value of this class is one exploration's settings; its methods return it.
 */
public final class CrashTest {

    /** Stores to files below a folder; the JVM exits as soon as it returns. */
    @FunctionalInterface
    public interface Program extends Serializable {

        /**
         * Runs once, traced.
         *
         * @param folder a new folder; the files of a crash state have the same paths below the folder of its image
         * @throws Exception anything, which ends the exploration before it begins
         */
        void run(Path folder) throws Exception;
    }

    /**
     * A {@link CrashCheck} that can be a lambda here and run elsewhere. Its {@code assert} statements are switched on. It is
     * asked about the time before the first file was there, too.
     */
    @FunctionalInterface
    public interface Check extends CrashCheck, Serializable {}

    private final Program program;
    private final List<String> jvmOptions = new ArrayList<>();
    private final List<String> crashOptions = new ArrayList<>();
    private boolean emulatePmem;
    private Path reportFolder;

    private CrashTest(Program program) {
        this.program = program;
    }

    /**
     * Explores with the defaults of {@code pmemcheck-j crash}.
     *
     * @throws AssertionError when the check refuses a state that a crash can leave; the message shows the state
     * @throws IllegalArgumentException when program or check cannot be serialized
     * @throws IllegalStateException when the program failed, or the exploration cannot be trusted
     */
    public static void explore(Program program, Check check) {
        of(program).explore(check);
    }

    /** Begins the settings of an exploration; {@link #explore(Check)} ends them. */
    public static CrashTest of(Program program) {
        return new CrashTest(program);
    }

    /** How states are chosen, for example {@code exhaustive}; the names are those of {@code pmemcheck-j crash --engine}. */
    public CrashTest engine(String engine) {
        return crashOption("--engine", engine);
    }

    /** How many states to check at most. */
    public CrashTest maxStates(long states) {
        return crashOption("--max-states", states);
    }

    /** When to stop; whole seconds. */
    public CrashTest timeLimit(Duration limit) {
        return crashOption("--time-limit", limit.toSeconds());
    }

    /** Where random choices begin; the same seed chooses the same states. */
    public CrashTest seed(long seed) {
        return crashOption("--seed", seed);
    }

    /** How many checks run at a time. */
    public CrashTest jobs(int jobs) {
        return crashOption("--jobs", jobs);
    }

    /** When a check that does not return has failed; whole seconds. */
    public CrashTest checkTimeout(Duration timeout) {
        return crashOption("--check-timeout", timeout.toSeconds());
    }

    /** What fails: {@code power}, or {@code process}, after which the page cache is still there. */
    public CrashTest failure(String failure) {
        return crashOption("--failure", failure);
    }

    /** What makes a store durable: {@code auto}, {@code adr}, {@code eadr} or {@code page-cache}. */
    public CrashTest domain(String domain) {
        return crashOption("--domain", domain);
    }

    /** {@code READ_WRITE_SYNC} maps work in the program's folder, and count as persistent memory. */
    public CrashTest emulatePmem() {
        emulatePmem = true;
        return this;
    }

    /** Options of the program's JVM, for example {@code --add-opens}. */
    public CrashTest jvm(String... options) {
        jvmOptions.addAll(List.of(options));
        return this;
    }

    /** Where report and images go; without this they are in a temporary folder, which is kept only if a state is refused. */
    public CrashTest reportFolder(Path folder) {
        reportFolder = folder;
        return this;
    }

    private CrashTest crashOption(String name, Object value) {
        crashOptions.add(name);
        crashOptions.add(String.valueOf(value));
        return this;
    }

    /** The same as {@link #explore(Program, Check)} with these settings. */
    public void explore(Check check) {
        try {
            explore(check, Workspace.create(reportFolder));
        } catch (IOException e) {
            throw new UncheckedIOException("crash states cannot be explored", e);
        }
    }

    private void explore(Check check, Workspace space) throws IOException {
        try {
            Files.write(space.program(), Captured.bytes("program", program));
            CheckJar.write(check, space.check());
            Tool tool = Tool.find();
            trace(tool, space);
            judge(tool.run(crashCommand(space), space.crashOutput()), space);
        } finally {
            space.close();
        }
    }

    private void trace(Tool tool, Workspace space) throws IOException {
        int exit = tool.run(runCommand(space), space.runOutput());
        if (exit != 0) {
            String what = exit == 4 ? "the program failed" : "the program could not be traced";
            throw new IllegalStateException(what + ":\n" + space.text(space.runOutput()));
        }
    }

    private static void judge(int exit, Workspace space) throws IOException {
        if (exit == 0) {
            return;
        }
        String text = space.text(space.crashOutput());
        if (exit == 1) {
            space.keep();
            throw new AssertionError("a crash can leave a state that the check refuses\n" + text);
        }
        throw new IllegalStateException("the exploration of crash states cannot be trusted:\n" + text);
    }

    private List<String> runCommand(Workspace space) throws IOException {
        List<String> command = new ArrayList<>(List.of("run", "--values", "--no-progress", "--fail-on", "never"));
        command.addAll(List.of("--keep-trace", space.trace().toString()));
        command.addAll(List.of("--report-dir", space.runReport().toString()));
        if (emulatePmem) {
            command.add("--emulate-pmem=" + space.files());
        }
        command.add("--");
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", ClassPath.ofThisJvm(), ProgramMain.class.getName()));
        command.addAll(List.of(space.program().toString(), space.files().toString()));
        return command;
    }

    private List<String> crashCommand(Workspace space) {
        List<String> command = new ArrayList<>(List.of("crash", space.trace().toString(), "--fail-on", "error"));
        command.addAll(List.of("--check-class", SerializedCheck.class.getName()));
        command.addAll(List.of("--class-path", space.check().toString()));
        command.addAll(List.of("--base", space.files().toString()));
        command.addAll(List.of("--report-dir", space.report().toString()));
        command.addAll(crashOptions);
        return command;
    }
}
