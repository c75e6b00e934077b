package io.pmemcheckj.flight;

import io.pmemcheckj.findings.Flight.Activity;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;

/** What is worth telling of other events. */
final class Activities {
    static final String GC_PAUSE = "GC pause";
    static final String FLUSH = "flush";
    private static final String TRACER = "tracer";

    static final String FLUSH_EVENT = "io.pmemcheckj.Flush";
    static final String GC_EVENT = "jdk.GCPhasePause";

    /** By the name of the event. */
    static final Map<String, String> KINDS = Map.of(
            GC_EVENT,
            GC_PAUSE,
            "jdk.FileRead",
            "file read",
            "jdk.FileWrite",
            "file write",
            "jdk.FileForce",
            "file force",
            "jdk.ThreadPark",
            "park",
            "jdk.ThreadSleep",
            "sleep",
            "jdk.JavaMonitorEnter",
            "monitor enter",
            "jdk.JavaMonitorWait",
            "monitor wait",
            FLUSH_EVENT,
            FLUSH);

    private static final Set<String> FILES = Set.of("file read", "file write", "file force");

    /** The tracer's classes within the program's JVM. */
    private static final String TRACER_CLASSES = "java.lang.PmemcheckJ$";

    private final Instant begin;
    private final Map<Long, String> collections;

    /** @param collections what is known of garbage collections, by their number */
    Activities(Instant begin, Map<Long, String> collections) {
        this.begin = begin;
        this.collections = collections;
    }

    /** Whether it concerns a file, and so whoever uses the same disk. */
    static boolean isFile(Activity activity) {
        return FILES.contains(activity.kind()) || activity.kind().equals(FLUSH);
    }

    /** @return null for an event that tells nothing */
    Activity of(RecordedEvent event) {
        String kind = KINDS.get(EventReader.name(event));
        if (kind == null) {
            return null;
        }
        boolean ofJvm = kind.equals(GC_PAUSE);
        return new Activity(
                isTracer(event) ? TRACER : kind,
                EventReader.at(event, begin),
                EventReader.durationUs(event),
                ofJvm ? null : EventReader.threadName(EventReader.thread(event, "eventThread")),
                detail(kind, event));
    }

    /** A thread that stores faster than the replay waits for it; without pmemcheck-j it would not. */
    private static boolean isTracer(RecordedEvent event) {
        return EventReader.name(event).startsWith("jdk.Thread")
                && EventReader.frames(event).stream()
                        .anyMatch(frame -> EventReader.className(frame).startsWith(TRACER_CLASSES));
    }

    private String detail(String kind, RecordedEvent event) {
        return switch (kind) {
            case GC_PAUSE -> collections.getOrDefault(EventReader.number(event, "gcId"), "");
            case "file read" -> EventReader.text(event, "path") + size(event, "bytesRead");
            case "file write" -> EventReader.text(event, "path") + size(event, "bytesWritten");
            case "file force", FLUSH -> EventReader.text(event, "path");
            case "park" -> EventReader.className(event, "parkedClass");
            case "monitor enter" -> EventReader.className(event, "monitorClass") + owner(event);
            case "monitor wait" -> EventReader.className(event, "monitorClass");
            default -> "";
        };
    }

    private static String size(RecordedEvent event, String field) {
        Long bytes = EventReader.number(event, field);
        return bytes == null || bytes < 0 ? "" : bytes == 1 ? ", 1 byte" : ", " + bytes + " bytes";
    }

    private static String owner(RecordedEvent event) {
        String owner = EventReader.threadName(EventReader.thread(event, "previousOwner"));
        return owner == null ? "" : ", held by " + owner;
    }
}
