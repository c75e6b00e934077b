package io.pmemcheckj.cli.watch;

import io.pmemcheckj.cli.watch.Snapshot.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.consumer.EventStream;

/**
 * A process on this machine, by the files that its recorder writes. A recording of our own makes it write what we look
 * at, and goes when we do.
 */
final class LocalSource implements Source {
    private static final String NAME = "pmemcheck-j-watch-";
    private static final Pattern NAMED = Pattern.compile("name=" + NAME + "(\\d+)");
    private static final String MOST_BYTES = "16m";

    private final long pid;
    private final LocalJvm process;
    private final DiagnosticCommands commands;
    private final String recording = NAME + ProcessHandle.current().pid();
    private Path repository;
    private boolean started;

    LocalSource(long pid) {
        this.pid = pid;
        process = new LocalJvm(pid);
        commands = new DiagnosticCommands(pid);
    }

    @Override
    public String title() {
        return "process " + pid;
    }

    @Override
    public EventStream open() throws WatchException {
        process.mustBeTraced();
        try {
            stopLeftovers();
            start();
            repository = Path.of(commands.property("jdk.jfr.repository"));
            EventStream stream = EventStream.openRepository(repository);
            stream.setStartTime(Instant.EPOCH); // an older recording may tell of findings
            return stream;
        } catch (WatchException e) {
            if (!process.isAlive()) {
                throw WatchException.blind("process " + pid + " has just ended");
            }
            throw e;
        } catch (IOException e) {
            throw WatchException.blind("cannot read the recording of process " + pid + ", " + e.getMessage());
        }
    }

    /** Of watches that were killed. */
    private void stopLeftovers() throws WatchException {
        for (String watcher : NAMED.matcher(commands.run("JFR.check"))
                .results()
                .map(MatchResult::group)
                .map(name -> name.substring(name.lastIndexOf('-') + 1))
                .toList()) {
            if (!new LocalJvm(Long.parseLong(watcher)).isAlive()) {
                commands.run("JFR.stop name=" + NAME + watcher);
            }
        }
    }

    private void start() throws WatchException {
        String settings = Events.settings().entrySet().stream()
                .map(setting ->
                        " +" + setting.getKey() + "=" + setting.getValue().replace(" ", ""))
                .collect(Collectors.joining());
        String answer = commands.run(
                "JFR.start name=" + recording + " settings=none disk=true maxsize=" + MOST_BYTES + settings);
        started = answer.contains("Started recording");
        if (!started) {
            throw WatchException.blind("process " + pid + " does not start a recording: "
                    + answer.strip().lines().findFirst().orElse("no answer"));
        }
    }

    @Override
    public boolean isOver() {
        return !process.isAlive();
    }

    /** A JVM that ends in the regular way takes its files along. */
    @Override
    public Ending ending() {
        return Files.exists(repository)
                ? new Ending(
                        State.KILLED,
                        "process " + pid + " was killed, has crashed, or was halted; what it recorded is in "
                                + repository)
                : new Ending(State.ENDED, "process " + pid + " has ended");
    }

    @Override
    public void close() {
        if (started && process.isAlive()) {
            try {
                commands.run("JFR.stop name=" + recording);
            } catch (WatchException e) {
                // It ends just now, or does not answer any more; the next watch will stop it.
            }
        }
    }
}
