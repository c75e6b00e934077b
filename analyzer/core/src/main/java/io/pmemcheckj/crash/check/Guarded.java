package io.pmemcheckj.crash.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A process of a check, with all that it starts: watched, so that it takes neither forever nor all memory, and ended with
 * everything that is left of it. What it starts is known by a variable of the environment, whoever is its parent by then.
 */
final class Guarded {
    private static final String TAG = "PMEMCHECK_J_CHECK";
    private static final long PAGE = 4096;
    private static final long LOOK_NANOS = 50_000_000L;

    private final String tag = UUID.randomUUID().toString();
    private final Process process;
    private final Shortened output;
    private final Thread reader;
    private volatile boolean tooBig;

    private Guarded(ProcessBuilder builder) throws IOException {
        builder.environment().put(TAG, tag);
        process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        output = new Shortened();
        reader = new Thread(this::read, "pmemcheck-j output of the check");
        reader.setDaemon(true);
        reader.start();
    }

    static Guarded start(ProcessBuilder builder) throws IOException {
        return new Guarded(builder);
    }

    private void read() {
        try (InputStream from = process.getInputStream()) {
            from.transferTo(output);
        } catch (IOException e) {
            // It is over.
        }
    }

    Process process() {
        return process;
    }

    boolean wasTooBig() {
        return tooBig;
    }

    /** What it has printed. */
    String output() {
        return output.text();
    }

    /**
     * Waits for its end.
     *
     * @param nanos how long at most
     * @param memory how many bytes it and what it started may take together
     * @return whether it has ended by itself
     */
    boolean await(long nanos, long memory) {
        long start = System.nanoTime();
        try {
            while (true) {
                long left = nanos - (System.nanoTime() - start);
                if (process.waitFor(Math.max(0, Math.min(left, LOOK_NANOS)), TimeUnit.NANOSECONDS)) {
                    return true;
                }
                if (left <= 0 || isTooBig(memory)) {
                    return false;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean isTooBig(long memory) {
        long resident = family().stream().mapToLong(Guarded::resident).sum();
        tooBig |= resident > memory;
        return tooBig;
    }

    private List<Long> family() {
        List<Long> pids = new ArrayList<>();
        pids.add(process.pid());
        process.descendants().forEach(child -> pids.add(child.pid()));
        return pids;
    }

    private static long resident(long pid) {
        try {
            return Long.parseLong(
                            Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ")[1])
                    * PAGE;
        } catch (IOException | RuntimeException e) {
            return 0; // it has ended
        }
    }

    /** Ends it and what it started, and waits until its output is read. */
    void end() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        orphans().forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(5, TimeUnit.SECONDS);
            reader.join(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<ProcessHandle> orphans() {
        List<ProcessHandle> found = new ArrayList<>();
        byte[] wanted = (TAG + "=" + tag).getBytes(StandardCharsets.US_ASCII);
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path path : processes) {
                if (holds(path.resolve("environ"), wanted)) {
                    ProcessHandle.of(Long.parseLong(path.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            // No /proc, no orphans to be found.
        }
        return found;
    }

    private static boolean holds(Path environment, byte[] wanted) {
        try {
            return new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1)
                    .contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false; // somebody else's, or gone
        }
    }
}
