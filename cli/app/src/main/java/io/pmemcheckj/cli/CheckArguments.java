package io.pmemcheckj.cli;

import io.pmemcheckj.crash.CheckerFactory;
import io.pmemcheckj.crash.check.CheckLimits;
import io.pmemcheckj.crash.check.CommandChecker;
import io.pmemcheckj.crash.check.ImageFolder;
import io.pmemcheckj.crash.check.ImageKeeper;
import io.pmemcheckj.crash.check.OperationChecker;
import io.pmemcheckj.crash.check.RestartChecker;
import io.pmemcheckj.crash.check.WorkerChecker;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of {@code crash} that say what judges a state. */
final class CheckArguments {
    private static final long MOST_SECONDS = 24 * 3600;

    @Option(
            names = "--check",
            paramLabel = "CMD",
            description =
                    "Command for sh that gets the path of a folder with the files for {image}; it may change them. 0 means"
                            + " consistent, any other exit code, a signal or a timeout inconsistent.")
    String command;

    @Option(
            names = "--check-class",
            paramLabel = "CLASS",
            description = "Class that implements io.pmemcheckj.api.CrashCheck: much faster than a command.")
    String checkClass;

    @Option(names = "--class-path", paramLabel = "PATH", description = "Class path of --check-class.")
    String classPath = "";

    @Option(
            names = "--oracle",
            paramLabel = "WHAT",
            description =
                    "Instead of a check: operations (between two markers of the program the files must be as at the one or"
                            + " as at the other, in all bytes, or in those that it named by PmemCheck.label) or restart (the"
                            + " program, run again on the files, must start without exception).")
    String oracle;

    @Option(
            names = "--check-timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "What a check may take (default: ${DEFAULT-VALUE}).")
    long timeout;

    @Option(
            names = "--check-memory",
            paramLabel = "SIZE",
            description =
                    "What a check and its processes may take together, for example 512m or 4g (default: half of the"
                            + " machine's memory).")
    String memory;

    @Option(
            names = "--java",
            paramLabel = "PATH",
            description = "The JVM for --check-class and --oracle restart (default: the one that runs this tool).")
    String jvm;

    /** @throws CommandException for arguments that cannot work, whatever the trace */
    void check() {
        int given = (command == null ? 0 : 1) + (checkClass == null ? 0 : 1) + (oracle == null ? 0 : 1);
        if (given != 1) {
            throw CommandException.usage(
                    "say what judges the files: one of --check 'CMD {image}', --check-class CLASS, --oracle WHAT");
        }
        if (command != null && !command.contains(CommandChecker.IMAGE)) {
            throw CommandException.usage("--check: the command does not say where the folder goes; write {image}");
        }
        if (oracle != null) {
            Choice.of("--oracle", oracle, List.of("operations", "restart"));
        }
        if (timeout < 1 || timeout > MOST_SECONDS) {
            throw CommandException.usage("--check-timeout takes 1 to " + MOST_SECONDS + " seconds; not " + timeout);
        }
        limits();
        for (String entry : classPath.isEmpty() ? new String[0] : classPath.split(java.io.File.pathSeparator)) {
            if (!entry.endsWith("*") && !entry.isEmpty() && !Files.exists(Path.of(entry))) {
                throw CommandException.usage("--class-path: no such file or folder: " + entry);
            }
        }
    }

    CheckLimits limits() {
        return new CheckLimits(timeout, memory == null ? physicalMemory() / 2 : bytes(memory));
    }

    private static long physicalMemory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 4L << 30;
    }

    private static long bytes(String size) {
        String digits = size.replaceFirst("[kmgKMG]$", "");
        int shift = digits.equals(size)
                ? 0
                : 10 * (1 + "kmg".indexOf(Character.toLowerCase(size.charAt(size.length() - 1))));
        try {
            long bytes = Math.multiplyExact(Long.parseLong(digits), 1L << shift);
            if (bytes > 0) {
                return bytes;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // Said below.
        }
        throw CommandException.usage("--check-memory takes a size such as 512m or 4g; not '" + size + "'");
    }

    /** What judges, in words. */
    String words() {
        return command != null ? command : checkClass != null ? checkClass : "oracle: " + oracle;
    }

    /**
     * What makes the checkers.
     *
     * @param readsTraced whether to see what a check reads
     * @param pmemEmulated whether the program ran on emulated persistent memory
     * @param restart command line that starts the program again on a folder, where that is asked for
     */
    CheckerFactory factory(
            Scratch scratch, ImageKeeper images, boolean readsTraced, boolean pmemEmulated, String restart) {
        if ("operations".equals(oracle)) {
            return (job, survey) -> new OperationChecker(
                    survey.labelled(), survey.memoryAtMarkers().get());
        }
        CheckLimits limits = limits();
        if (checkClass != null) {
            WorkerChecker.Launch launch =
                    new WorkerChecker.Launch(java(), classPath, OwnJar.path(), checkClass, readsTraced, pmemEmulated);
            return (job, survey) -> {
                Path own = scratch.folder("job" + job);
                return new WorkerChecker(launch, folder(own, images), own, limits);
            };
        }
        if (restart != null) {
            return (job, survey) -> new RestartChecker(restart, folder(scratch.folder("job" + job), images), limits);
        }
        return (job, survey) -> new CommandChecker(command, folder(scratch.folder("job" + job), images), limits);
    }

    /** The executable of the JVM to use. */
    Path java() {
        return JavaRuntime.find(jvm, System.getenv("PATH")).executable();
    }

    private static ImageFolder folder(Path own, ImageKeeper images) {
        return new ImageFolder(own.resolve("image"), images.layout());
    }
}
