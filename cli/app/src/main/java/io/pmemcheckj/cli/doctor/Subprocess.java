package io.pmemcheckj.cli.doctor;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Runs commands that may hang, print without end, or not be there. */
final class Subprocess {
    /** More than ndctl prints of the largest machine. */
    private static final int MOST_OUTPUT = 4 << 20;

    private Subprocess() {}

    /** Runs it with nothing on stdin and in the C locale, and kills it when the time is up. */
    static CommandResult run(List<String> command, Duration limit) {
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
            builder.environment().put("LC_ALL", "C");
            process = builder.start();
        } catch (IOException e) {
            return notStarted(command.get(0), e);
        }
        try {
            return wait(process, limit);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The JDK tells the reason in words alone, and in others from version to version. */
    private static CommandResult notStarted(String command, IOException e) {
        String message = String.valueOf(e.getMessage());
        return isThere(command)
                ? CommandResult.failed("cannot be run: " + message.replaceFirst("^Cannot run program \".*?\": ", ""))
                : CommandResult.notInstalled();
    }

    private static boolean isThere(String command) {
        String path = System.getenv("PATH");
        return command.contains("/") || path == null
                ? Files.exists(Path.of(command))
                : Stream.of(path.split(":")).anyMatch(folder -> Files.exists(Path.of(folder, command)));
    }

    private static CommandResult wait(Process process, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        // A child that outlives the command may keep the streams open, so their end is waited for with a limit, too.
        FutureTask<String> out = read(process.getInputStream());
        FutureTask<String> errors = read(process.getErrorStream());
        try {
            String text = out.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (text.length() >= MOST_OUTPUT) {
                return CommandResult.failed("it prints without end");
            }
            String complaint = errors.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return CommandResult.ended(process.exitValue(), text, complaint);
            }
        } catch (TimeoutException e) {
            // The same as when it has closed its streams and runs on.
        } catch (ExecutionException e) {
            return CommandResult.failed(String.valueOf(e.getCause().getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return CommandResult.failed("no answer within " + limit.toSeconds() + " seconds");
    }

    private static FutureTask<String> read(InputStream stream) {
        FutureTask<String> task =
                new FutureTask<>(() -> new String(stream.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8));
        Thread thread = new Thread(task, "reads a command");
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}
