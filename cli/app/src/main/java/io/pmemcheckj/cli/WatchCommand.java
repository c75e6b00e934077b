package io.pmemcheckj.cli;

import io.pmemcheckj.cli.watch.Watch;
import io.pmemcheckj.cli.watch.WatchException;
import io.pmemcheckj.cli.watch.WatchTimes;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        description = "Shows how a traced program that runs stores, flushes and fences: rates, what is not persistent,"
                + " slow flushes, open transactions, findings. It reads events of JDK Flight Recorder, for which it"
                + " starts a recording in the program and stops it at the end. Ctrl-C ends it, not the program.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  the program has ended, or enough was seen",
            "  2  wrong usage, a file that is no recording",
            "  3  nothing could be seen"
        })
final class WatchCommand implements Callable<Integer>, IgnoresDefaults {
    private static final String TEXT = "text";
    private static final String JSON = "json";
    private static final double LONGEST = 1e9;
    private static final double SHORTEST = 0.1;

    private final Console console;

    @Mixin
    private HelpOption help;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = TEXT,
            description = "text (default) or json, an object a line, on stdout.")
    private String format;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "Time between two looks (default 1).")
    private double interval;

    @Option(names = "--for", paramLabel = "SECONDS", description = "Ends after this time.")
    private Double limit;

    @Parameters(
            arity = "1",
            paramLabel = "PID|HOST:PORT|FILE.jfr",
            description =
                    "A process on this machine; the JMX port of one elsewhere; a recording, shown as it stands at its"
                            + " end (with --format json as it stood each second).")
    private String target;

    WatchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Choice.of("--format", format, List.of(TEXT, JSON));
        WatchTimes times = new WatchTimes(time("--interval", interval), limit == null ? null : time("--for", limit));
        try {
            Watch watch = Watch.of(target, format.equals(JSON), Terminal.ofStdout(), console.out(), times);
            stopOnSignal(watch);
            String ending = watch.run();
            if (ending != null) {
                console.say(ending);
            }
            return ExitCode.CLEAN.number();
        } catch (WatchException e) {
            throw e.isUsage() ? CommandException.usage(e.getMessage()) : CommandException.untrusted(e.getMessage());
        } catch (InvalidPathException e) {
            throw CommandException.usage("'" + target + "' is no process id, no HOST:PORT and no file");
        }
    }

    private static Duration time(String option, double seconds) {
        if (!(seconds >= SHORTEST && seconds <= LONGEST)) {
            throw CommandException.usage(option + " takes a time in seconds, " + SHORTEST + " or more; not " + seconds);
        }
        return Duration.ofMillis(Math.round(1_000 * seconds));
    }

    /** The second signal ends a watch that waits for a program that does not answer. */
    private static void stopOnSignal(Watch watch) {
        AtomicBoolean again = new AtomicBoolean();
        Signals.handle(name -> {
            if (again.getAndSet(true)) {
                Runtime.getRuntime().halt(ExitCode.UNTRUSTED.number());
            }
            watch.stop();
        });
    }
}
