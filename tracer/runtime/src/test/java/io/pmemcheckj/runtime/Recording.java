package io.pmemcheckj.runtime;

import io.pmemcheckj.trace.layout.RingLayout;
import io.pmemcheckj.trace.ring.RingConsumer;
import io.pmemcheckj.trace.text.TextTraceWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import jdk.internal.misc.Unsafe;

/** The runtime of this JVM, of which there is one, connected to a consumer that turns what it records into text. */
final class Recording {
    static final int SEGMENT = 1 << 20;

    private static final StringBuilder TEXT = new StringBuilder();
    private static final TextTraceWriter WRITER = new TextTraceWriter(TEXT);
    private static final RingConsumer CONSUMER = connect();

    private Recording() {}

    private static RingConsumer connect() {
        try {
            Path ring = Files.createTempDirectory("recording").resolve("ring");
            RingConsumer consumer = RingConsumer.create(ring);
            try (FileChannel channel = FileChannel.open(ring, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                Start.connect(
                        channel.map(FileChannel.MapMode.READ_WRITE, 0, RingLayout.FILE_BYTES),
                        null,
                        "site",
                        ProcessHandle.current().pid());
            }
            Files.delete(ring);
            Files.delete(ring.getParent());
            Start.ready();
            return consumer;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A segment of its own for each test, so that their events can be told apart. */
    static final class Segment {
        private static final Unsafe U = Unsafe.getUnsafe();

        final ByteBuffer buffer = ByteBuffer.allocateDirect(SEGMENT).order(ByteOrder.nativeOrder());
        final long address;

        Segment() {
            address = address(buffer);
            drain();
            Requests.registerSegment(address, SEGMENT);
        }
    }

    static long address(ByteBuffer buffer) {
        return Segment.U.getLong(buffer, Segment.U.objectFieldOffset(java.nio.Buffer.class, "address"));
    }

    /** The lines of the trace since the last call. */
    static List<String> drain() {
        TEXT.setLength(0);
        while (CONSUMER.drain(WRITER) != 0) {}
        return TEXT.toString().lines().toList();
    }

    /** Without definitions and sites. */
    static List<String> events(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.startsWith("thread ")
                        && !line.startsWith("stack ")
                        && !line.startsWith("sample ")
                        && !line.startsWith("map "))
                .map(line -> line.replaceAll(" (-|[\\w.$]+\\([^)]*\\))(?= |$)", ""))
                .toList();
    }
}
