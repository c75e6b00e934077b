package io.pmemcheckj.cli;

import io.pmemcheckj.cli.doctor.Diagnosis;
import io.pmemcheckj.cli.doctor.Diagnosis.JavaFacts;
import io.pmemcheckj.cli.doctor.Doctor;
import io.pmemcheckj.cli.doctor.DoctorJson;
import io.pmemcheckj.cli.doctor.DoctorText;
import io.pmemcheckj.cli.doctor.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "doctor",
        description = "Says what this machine and a path on it offer: persistent memory, DAX, MAP_SYNC, libraries; what"
                + " --domain auto chooses there, and what to do for each thing that is missing. It changes nothing.")
final class DoctorCommand implements Callable<Integer>, IgnoresDefaults {
    private static final String TEXT = "text";
    private static final String JSON = "json";

    private final Console console;

    @Mixin
    private HelpOption help;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = TEXT,
            description = "text (default) or json, on stdout.")
    private String format;

    @Option(
            names = "--class-path",
            paramLabel = "PATH",
            description = "Class path of your program, to look for LLPL in, too.")
    private String classPath;

    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            defaultValue = "",
            description = "File, folder or device that data is or shall be kept in; default: the working directory.")
    private Path path;

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Choice.of("--format", format, List.of(TEXT, JSON));
        Diagnosis diagnosis = examine(new Doctor(Machine.here(), Version.number(), java()));
        String text = format.equals(JSON) ? DoctorJson.of(diagnosis) : DoctorText.of(diagnosis);
        console.out().write(text.getBytes(StandardCharsets.UTF_8));
        return ExitCode.CLEAN.number();
    }

    private Diagnosis examine(Doctor doctor) {
        try {
            return doctor.examine(absolute(path), absolute(classPath));
        } catch (IOException e) {
            throw CommandException.usage("cannot look at " + path + ": " + Console.reason(e));
        }
    }

    /** Dots are removed where that cannot lead elsewhere, as it can behind a symbolic link. */
    private static String absolute(Path path) {
        Path absolute = path.toAbsolutePath();
        boolean climbs = path.toString().contains("..");
        return (climbs ? absolute : absolute.normalize()).toString();
    }

    private static String absolute(String classPath) {
        return classPath == null
                ? null
                : Stream.of(classPath.split(":"))
                        .filter(entry -> !entry.isEmpty())
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .collect(Collectors.joining(":"));
    }

    /** The JVM of this tool, which {@code run} uses as well unless it is told otherwise. */
    private static JavaFacts java() {
        int feature = Runtime.version().feature();
        return new JavaFacts(
                System.getProperty("java.version"),
                System.getProperty("java.home"),
                feature >= JavaRuntime.OLDEST && feature <= JavaRuntime.NEWEST);
    }
}
