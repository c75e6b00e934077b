package io.pmemcheckj.flight;

import java.io.IOException;
import java.nio.file.Path;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.Timestamp;

/** A recording of this very JVM, with events as the tracer makes them. */
final class RecordedRun implements AutoCloseable {
    @Name("io.pmemcheckj.Flush")
    static final class Flush extends Event {
        String kind = "force";
        String path = "/data/log";
        long offset = 64;
        long size = 128;
        long linesFlushed = 2;
        long linesDirty = -1;
        long bytesDirty = -1;
        boolean failed;
        String location = "com.example.Log.append(Log.java:42)";
    }

    @Name("io.pmemcheckj.TracerHealth")
    static final class Health extends Event {
        long stores;
        long flushes;
        long fences;
        long bytesUnpersisted;
        boolean upToDate;
    }

    @Name("io.pmemcheckj.Finding")
    static final class Finding extends Event {
        String fingerprint;
        String thread;
    }

    @Name("io.pmemcheckj.Tracer")
    static final class Tracer extends Event {
        @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
        long started;
    }

    private final Recording recording = new Recording();

    RecordedRun() {
        recording.enable("jdk.JVMInformation");
        recording.enable("jdk.GCPhasePause").withoutThreshold();
        recording.enable("jdk.GarbageCollection").withoutThreshold();
        recording.enable("jdk.ThreadPark").withoutThreshold();
        recording.enable("jdk.FileWrite").withoutThreshold();
        recording.disable("jdk.FileRead");
        recording.start();
    }

    void health(long stores, long unpersisted, boolean upToDate) {
        Health event = new Health();
        event.stores = stores;
        event.bytesUnpersisted = unpersisted;
        event.upToDate = upToDate;
        event.commit();
    }

    void finding(String fingerprint) {
        Finding event = new Finding();
        event.fingerprint = fingerprint;
        event.thread = Thread.currentThread().getName();
        event.commit();
    }

    void tracer(long started) {
        Tracer event = new Tracer();
        event.started = started;
        event.commit();
    }

    Path save(Path folder) throws IOException {
        Path file = folder.resolve("run.jfr");
        recording.stop();
        recording.dump(file);
        return file;
    }

    @Override
    public void close() {
        recording.close();
    }
}
