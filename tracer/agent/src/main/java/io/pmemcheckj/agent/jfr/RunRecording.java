package io.pmemcheckj.agent.jfr;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/**
 * A recording of the whole run, made here and not by an option of the JVM: that would print a line to the program's standard output,
 * and the program may have an option of its own.
 */
final class RunRecording {
    private static final String NAME = "pmemcheck-j";
    private static final String CONFIGURATION = "default";
    private static final long MOST_BYTES = 1L << 30;

    /** What a thread of the program can wait for in the midst of a flush; the defaults leave out what is shorter than 20 ms. */
    private static final Map<String, String> WAITS = Map.of(
            "jdk.FileForce", "1 ms",
            "jdk.FileRead", "1 ms",
            "jdk.FileWrite", "1 ms",
            "jdk.ThreadPark", "1 ms",
            "jdk.ThreadSleep", "1 ms",
            "jdk.JavaMonitorEnter", "1 ms",
            "jdk.JavaMonitorWait", "1 ms",
            "jdk.GCPhasePause", "0 ms");

    private RunRecording() {}

    /** @return why there is none, or null */
    static String start(Path file, FlightRecording.Runtime runtime) {
        try {
            Recording recording = new Recording(settings());
            recording.setName(NAME);
            recording.setToDisk(true);
            recording.setMaxSize(MOST_BYTES);
            recording.setDumpOnExit(true);
            recording.setDestination(file);
            recording.start();
            runtime.property("jfr-repository", System.getProperty("jdk.jfr.repository", ""));
            return null;
        } catch (IOException | ParseException e) {
            return e.toString();
        }
    }

    private static Map<String, String> settings() throws IOException, ParseException {
        Map<String, String> settings =
                new TreeMap<>(Configuration.getConfiguration(CONFIGURATION).getSettings());
        WAITS.forEach((event, threshold) -> {
            settings.put(event + "#enabled", "true");
            settings.put(event + "#threshold", threshold);
            settings.put(event + "#throttle", "off"); // JDK 25
        });
        return settings;
    }
}
