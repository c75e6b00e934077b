package io.pmemcheckj.flight;

import io.pmemcheckj.findings.Flight;
import io.pmemcheckj.findings.Flight.Activity;
import io.pmemcheckj.findings.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import jdk.jfr.EventType;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * A recording of JDK Flight Recorder. It is read twice: first for what is to be placed in time, then for what ran beside it; so memory
 * does not grow with the recording.
 */
public final class FlightFile {
    private static final int FRAMES = 20;

    /** A recording that begins so long after tracing did was not made from the start. */
    private static final Duration LATE = Duration.ofSeconds(3);

    private final Path file;
    private final Survey survey;

    private FlightFile(Path file, Survey survey) {
        this.file = file;
        this.survey = survey;
    }

    /** @throws FlightException if it cannot be read, or is no recording */
    public static FlightFile open(Path file) throws FlightException {
        if (!Files.isRegularFile(file)) {
            throw new FlightException(file + ": " + (Files.exists(file) ? "not a file" : "no such file"));
        }
        Survey survey = new Survey(typeNames(file));
        read(file, survey::add);
        if (survey.isEmpty()) {
            throw new FlightException(file + ": a recording without any event");
        }
        return new FlightFile(file, survey);
    }

    private static Map<Long, String> typeNames(Path file) throws FlightException {
        Map<Long, String> names = new HashMap<>();
        reading(file, recording -> {
            for (EventType type : recording.readEventTypes()) {
                names.put(type.getId(), type.getName());
            }
        });
        return names;
    }

    private static void read(Path file, Consumer<RecordedEvent> reader) throws FlightException {
        reading(file, recording -> {
            while (recording.hasMoreEvents()) {
                reader.accept(recording.readEvent());
            }
        });
    }

    private interface Reading {
        void of(RecordingFile recording) throws IOException;
    }

    /** The JDK's reader takes a damaged recording for a whole one until it stumbles, over anything. */
    private static void reading(Path file, Reading reading) throws FlightException {
        try (RecordingFile recording = new RecordingFile(file)) {
            reading.of(recording);
        } catch (NoSuchFileException e) {
            throw new FlightException(file + ": no such file");
        } catch (IOException | RuntimeException | InternalError e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new FlightException(file + ": not a recording of JDK Flight Recorder, or a damaged one ("
                    + reason.lines().findFirst().orElse("") + ")");
        }
    }

    /**
     * What the recording tells of a run.
     *
     * @param runs those that are reported; one of them must be the recorded one
     * @param missing what is known to be missing in the file, in words
     * @throws FlightException if it is a recording of another run, or damaged
     */
    public Flight of(List<RunIdentity> runs, List<String> missing) throws FlightException {
        RunIdentity run = runs.stream()
                .filter(survey.identity()::canBe)
                .findFirst()
                .orElseThrow(() -> new FlightException(file + ": a recording of another run: it is of "
                        + survey.identity() + ", the trace is of " + runs.get(0)));
        boolean late = run.started() != null
                && Duration.between(run.started(), survey.first()).compareTo(LATE) > 0;
        Instant begin = survey.begin();
        Activities activities = new Activities(begin, survey.collections());
        List<RecordedEvent> slowest = survey.flushes()
                .kept(Comparator.comparing((RecordedEvent flush) -> flush.getDuration())
                        .reversed()
                        .thenComparing(RecordedEvent::getStartTime));
        List<Window> flushWindows = slowest.stream()
                .map(flush -> Window.ofFlush(
                        EventReader.at(flush, begin), EventReader.durationUs(flush), EventReader.threadId(flush)))
                .toList();
        Map<String, Window> findingWindows = findingWindows(late);
        List<Window> all = new ArrayList<>(flushWindows);
        findingWindows.values().stream().distinct().forEach(all::add);
        place(all, activities);
        List<Flight.SlowFlush> flushes = new ArrayList<>();
        for (int i = 0; i < slowest.size(); i++) {
            flushes.add(flush(slowest.get(i), flushWindows.get(i)));
        }
        return new Flight(
                file.getFileName().toString(),
                begin.toString(),
                micros(survey.first()),
                micros(survey.last()),
                missing(missing, late),
                survey.samples(),
                pauses(activities),
                survey.pauses().count(),
                survey.pauses().sum() / 1000,
                flushes,
                survey.flushes().count(),
                moments(findingWindows));
    }

    private long micros(Instant instant) {
        return Duration.between(survey.begin(), instant).toNanos() / 1000;
    }

    private void place(List<Window> windows, Activities activities) throws FlightException {
        Windows all = new Windows(windows);
        read(file, event -> {
            Activity activity = activities.of(event);
            if (activity != null) {
                all.offer(activity, EventReader.threadId(event));
            }
        });
    }

    private List<Activity> pauses(Activities activities) {
        return survey.pauses().kept(Comparator.comparing(RecordedEvent::getStartTime)).stream()
                .map(activities::of)
                .toList();
    }

    /**
     * A finding is told once a second, when the replay is asked for what is new; so it was met since the last time that the replay
     * was asked and was up to date. Findings of one thread that were told together share a window.
     */
    private Map<String, Window> findingWindows(boolean late) {
        NavigableMap<Instant, Boolean> ticks = survey.ticks();
        Map<String, Window> shared = new HashMap<>();
        Map<String, Window> windows = new LinkedHashMap<>();
        for (RecordedEvent finding : survey.findings()) {
            Instant from = since(ticks, finding.getStartTime(), late);
            if (from != null) {
                String thread = EventReader.text(finding, "thread");
                Instant told = ticks.floorKey(finding.getStartTime());
                windows.put(
                        EventReader.text(finding, "fingerprint"),
                        shared.computeIfAbsent(
                                from + " " + told + " " + thread,
                                key -> Window.ofThread(micros(from), micros(told), thread.isEmpty() ? null : thread)));
            }
        }
        return windows;
    }

    /** @return null for a finding that was met before the recording began, or may have been */
    private Instant since(NavigableMap<Instant, Boolean> ticks, Instant told, boolean late) {
        Instant tick = ticks.floorKey(told);
        if (tick == null) {
            return null;
        }
        for (Map.Entry<Instant, Boolean> before :
                ticks.headMap(tick, false).descendingMap().entrySet()) {
            if (before.getValue()) {
                return before.getKey();
            }
        }
        return late ? null : survey.first();
    }

    private List<Flight.Moment> moments(Map<String, Window> windows) {
        List<Flight.Moment> moments = new ArrayList<>();
        windows.forEach((fingerprint, window) -> moments.add(new Flight.Moment(
                fingerprint, window.fromUs(), window.toUs(), window.threadName(), window.found(), window.left())));
        return moments;
    }

    private Flight.SlowFlush flush(RecordedEvent event, Window window) {
        Location location = Location.parse(EventReader.text(event, "location"));
        return new Flight.SlowFlush(
                window.fromUs(),
                window.toUs() - window.fromUs(),
                EventReader.text(event, "kind"),
                EventReader.text(event, "path"),
                EventReader.count(event, "offset"),
                EventReader.count(event, "size"),
                EventReader.known(event, "linesFlushed"),
                EventReader.known(event, "linesDirty"),
                EventReader.known(event, "bytesDirty"),
                EventReader.flag(event, "failed"),
                EventReader.threadName(EventReader.thread(event, "eventThread")),
                location,
                stack(event, location),
                window.found(),
                window.left());
    }

    /** From the program's own frame on; inside it are frames of the tracer and the JDK. */
    private static List<String> stack(RecordedEvent event, Location location) {
        List<RecordedFrame> frames = EventReader.frames(event);
        int own = 0;
        while (own < frames.size() && !isAt(frames.get(own), location)) {
            own++;
        }
        return frames.stream()
                .skip(own == frames.size() ? 0 : own)
                .limit(FRAMES)
                .map(frame -> EventReader.className(frame) + "." + method(frame)
                        + (frame.getLineNumber() > 0 ? ", line " + frame.getLineNumber() : ""))
                .toList();
    }

    private static boolean isAt(RecordedFrame frame, Location location) {
        return EventReader.className(frame).equals(location.className())
                && method(frame).equals(location.method());
    }

    private static String method(RecordedFrame frame) {
        return frame.getMethod() == null ? "" : frame.getMethod().getName();
    }

    private List<String> missing(List<String> known, boolean late) {
        List<String> missing = new ArrayList<>(known);
        if (!survey.hasOurs()) {
            missing.add("it has no events of pmemcheck-j: it was made without the agent, or they were switched off; so"
                    + " nothing tells when flushes and findings were");
        }
        if (late) {
            missing.add(String.format(
                    Locale.ROOT,
                    "it begins %.1f s after the JVM; what was before is not in it",
                    micros(survey.first()) / 1e6));
        }
        if (!survey.switchedOff().isEmpty()) {
            missing.add("it was told to leave out " + String.join(", ", new TreeSet<>(survey.switchedOff())));
        }
        return missing;
    }
}
