package io.pmemcheckj.agent.jfr;

import io.pmemcheckj.agent.jfr.FlightRecording.Runtime;
import io.pmemcheckj.agent.jfr.FlightRecording.Settings;
import io.pmemcheckj.trace.live.FigureBoard;
import java.nio.MappedByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

/** Knows whether any recording runs: only then the program's events are looked at. */
final class Recordings implements FlightRecorderListener {
    private static final List<Class<? extends Event>> ON_OCCASION = List.of(
            SegmentMappedEvent.class,
            SegmentUnmappedEvent.class,
            FlushEvent.class,
            TransactionEvent.class,
            OpenTransactionEvent.class,
            CheckpointEvent.class,
            MarkerEvent.class,
            SegmentHealthEvent.class,
            FindingEvent.class);

    private final Runtime runtime;
    private final Settings settings;
    private final Deeds deeds;
    private final Health health;
    private final Set<Long> running = ConcurrentHashMap.newKeySet();
    private boolean on;

    private Recordings(Runtime runtime, MappedByteBuffer ring, Settings settings) {
        this.runtime = runtime;
        this.settings = settings;
        deeds = new Deeds(runtime);
        health = new Health(new FigureBoard(ring), deeds.transactions(), runtime::place);
    }

    static void begin(Runtime runtime, MappedByteBuffer ring, Settings settings) {
        FlightRecorder.addListener(new Recordings(runtime, ring, settings));
    }

    @Override
    public void recorderInitialized(FlightRecorder recorder) {
        ON_OCCASION.forEach(FlightRecorder::register);
        FlightRecorder.addPeriodicEvent(TracerHealthEvent.class, health::tell);
        FlightRecorder.addPeriodicEvent(TracerEvent.class, this::endChunk);
        recorder.getRecordings().forEach(this::recordingStateChanged);
    }

    @Override
    public void recordingStateChanged(Recording recording) {
        if (recording.getState() == RecordingState.RUNNING) {
            running.add(recording.getId());
        } else {
            running.remove(recording.getId());
        }
        follow();
    }

    private synchronized void follow() {
        boolean any = !running.isEmpty();
        if (any != on) {
            on = any;
            runtime.observe(any ? deeds : null);
            if (any) {
                health.startOver();
                deeds.startOver();
            }
        }
    }

    private void endChunk() {
        health.tellLast();
        TracerEvent event = new TracerEvent();
        String version = TracerEvent.class.getPackage().getImplementationVersion();
        event.version = version == null ? "" : version;
        event.stacks = settings.stacks();
        event.values = settings.values();
        event.loads = settings.loads();
        event.emulated = settings.emulated();
        event.recording = runtime.recording();
        event.commit();
    }
}
