package io.pmemcheckj.flight;

import io.pmemcheckj.findings.Flight.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;

/** The first reading of a recording: what there is to place in time, and what is known of the whole. */
final class Survey {
    private static final String OURS = "io.pmemcheckj.";
    private static final int MOST_FLUSHES = 20;
    private static final int MOST_PAUSES = 500;
    private static final int MOST_COLLECTIONS = 100_000;

    private final Map<Long, String> names;
    private final Map<Long, String> collections = new HashMap<>();
    private final Longest<RecordedEvent> flushes =
            new Longest<>(MOST_FLUSHES, event -> event.getDuration().toNanos());
    private final Longest<RecordedEvent> pauses =
            new Longest<>(MOST_PAUSES, event -> event.getDuration().toNanos());
    private final Map<String, RecordedEvent> findings = new HashMap<>();
    private final List<RecordedEvent> health = new ArrayList<>();
    private final Set<String> switchedOff = new HashSet<>();
    private Long pid;
    private String main;
    private Instant jvmStarted;
    private Instant started;
    private Instant first;
    private Instant last;
    private boolean hasOurs;

    /** @param names of the types of events, by their numbers */
    Survey(Map<Long, String> names) {
        this.names = names;
    }

    void add(RecordedEvent event) {
        String name = EventReader.name(event);
        extend(event);
        hasOurs |= name.startsWith(OURS);
        switch (name) {
            case "jdk.JVMInformation" -> jvm(event);
            case "jdk.ActiveSetting" -> setting(event);
            case "jdk.GarbageCollection" -> collection(event);
            case Activities.GC_EVENT -> pauses.add(event);
            case Activities.FLUSH_EVENT -> flushes.add(event);
            case OURS + "Tracer" -> started = EventReader.instant(event, "started");
            case OURS + "TracerHealth" -> health.add(event);
            case OURS + "Finding" -> findings.merge(EventReader.text(event, "fingerprint"), event, Survey::earlier);
            default -> {
                // Of interest to the second reading, or to nobody.
            }
        }
    }

    private void extend(RecordedEvent event) {
        if (first == null || event.getStartTime().isBefore(first)) {
            first = event.getStartTime();
        }
        if (last == null || event.getEndTime().isAfter(last)) {
            last = event.getEndTime();
        }
    }

    private static RecordedEvent earlier(RecordedEvent a, RecordedEvent b) {
        return b.getStartTime().isBefore(a.getStartTime()) ? b : a;
    }

    private void jvm(RecordedEvent event) {
        pid = EventReader.known(event, "pid");
        main = EventReader.text(event, "javaArguments");
        jvmStarted = EventReader.instant(event, "jvmStartTime");
    }

    private void setting(RecordedEvent event) {
        String type = names.get(EventReader.number(event, "id"));
        if (Activities.KINDS.containsKey(type)
                && EventReader.text(event, "name").equals("enabled")
                && EventReader.text(event, "value").equals("false")) {
            switchedOff.add(type);
        }
    }

    private void collection(RecordedEvent event) {
        if (collections.size() < MOST_COLLECTIONS) {
            String name = EventReader.text(event, "name");
            String cause = EventReader.text(event, "cause");
            collections.put(EventReader.number(event, "gcId"), cause.isEmpty() ? name : name + ", " + cause);
        }
    }

    RunIdentity identity() {
        return new RunIdentity(pid, main, started, jvmStarted);
    }

    /** Whether there is any event at all. */
    boolean isEmpty() {
        return first == null;
    }

    /** Where time begins: when the JVM started, or the recording. */
    Instant begin() {
        return jvmStarted == null || jvmStarted.isAfter(first) ? first : jvmStarted;
    }

    Instant first() {
        return first;
    }

    Instant last() {
        return last;
    }

    boolean hasOurs() {
        return hasOurs;
    }

    /** Types of events that the recording was not to have. */
    Set<String> switchedOff() {
        return switchedOff;
    }

    Map<Long, String> collections() {
        return collections;
    }

    Longest<RecordedEvent> flushes() {
        return flushes;
    }

    Longest<RecordedEvent> pauses() {
        return pauses;
    }

    /** In order of time. */
    List<RecordedEvent> findings() {
        return findings.values().stream()
                .sorted(Comparator.comparing(RecordedEvent::getStartTime)
                        .thenComparing(event -> EventReader.text(event, "fingerprint")))
                .toList();
    }

    List<Sample> samples() {
        return Samples.thinned(health.stream().map(this::sample).toList());
    }

    private Sample sample(RecordedEvent event) {
        return new Sample(
                EventReader.at(event, begin()),
                EventReader.count(event, "stores"),
                EventReader.count(event, "flushes"),
                EventReader.count(event, "fences"),
                EventReader.count(event, "bytesUnpersisted"));
    }

    /** When the replay was asked how far it is, and whether it was up to date then. */
    NavigableMap<Instant, Boolean> ticks() {
        NavigableMap<Instant, Boolean> ticks = new TreeMap<>();
        health.forEach(event -> ticks.put(event.getStartTime(), EventReader.flag(event, "upToDate")));
        return ticks;
    }
}
