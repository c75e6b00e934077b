package io.pmemcheckj.flight;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * Which run something is about, as far as it is known.
 *
 * @param pid process id; null where it is not known
 * @param main main class or jar, and arguments; null where it is not known
 * @param started when tracing began; null where it is not known
 * @param jvmStarted when the JVM started; null where it is not known
 */
public record RunIdentity(Long pid, String main, Instant started, Instant jvmStarted) {

    /** @param properties what a trace says of the run */
    public static RunIdentity of(Map<String, String> properties) {
        Long started = number(properties.get("started"));
        return new RunIdentity(
                number(properties.get("pid")),
                properties.get("main"),
                started == null ? null : Instant.ofEpochMilli(started),
                null);
    }

    private static Long number(String text) {
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whether nothing tells the two runs apart. */
    boolean canBe(RunIdentity other) {
        if (differ(pid, other.pid)) {
            return false;
        }
        if (started != null && other.started != null) {
            return started.equals(other.started);
        }
        return !differ(main, other.main)
                && !isBefore(started, other.jvmStarted)
                && !isBefore(other.started, jvmStarted);
    }

    private static boolean differ(Object a, Object b) {
        return a != null && b != null && !Objects.equals(a, b);
    }

    private static boolean isBefore(Instant traced, Instant jvmStart) {
        return traced != null && jvmStart != null && traced.isBefore(jvmStart);
    }

    @Override
    public String toString() {
        return "process " + (pid == null ? "unknown" : pid) + (main == null || main.isEmpty() ? "" : " (" + main + ")")
                + (started == null ? "" : " traced from " + started);
    }
}
