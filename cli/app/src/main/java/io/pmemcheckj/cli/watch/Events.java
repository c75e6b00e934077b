package io.pmemcheckj.cli.watch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The events that are looked at, and how a recording has them. */
final class Events {
    static final String PREFIX = "io.pmemcheckj.";
    static final String HEALTH = "TracerHealth";
    static final String SEGMENT = "SegmentHealth";
    static final String FLUSH = "Flush";
    static final String TRANSACTION = "OpenTransaction";
    static final String FINDING = "Finding";
    /** The last one of a chunk of a recording. */
    static final String TRACER = "Tracer";

    /** Comes each second from each JVM, traced or not: the sign that a recording runs. */
    static final String HEARTBEAT = "jdk.CPULoad";

    static final List<String> OURS = List.of(HEALTH, SEGMENT, FLUSH, TRANSACTION, FINDING, TRACER);

    private Events() {}

    /** Settings of a recording that has just these: {@code EVENT#SETTING} to value. */
    static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        OURS.forEach(name -> settings.put(PREFIX + name + "#enabled", "true"));
        settings.put(PREFIX + FLUSH + "#threshold", "1 ms");
        settings.put(PREFIX + FLUSH + "#stackTrace", "true");
        settings.put(HEARTBEAT + "#enabled", "true");
        settings.put(HEARTBEAT + "#period", "1 s");
        return settings;
    }
}
