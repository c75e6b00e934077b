package io.pmemcheckj.trace.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pmemcheckj.trace.layout.RecordLayout;
import io.pmemcheckj.trace.layout.RingLayout;
import io.pmemcheckj.trace.text.TextTraceWriter;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The consumer against chunks written by hand, in states that a real recorder is in for a moment only. */
class RingConsumerTest {
    private static final long RECORDER = 1L << RingLayout.SEQUENCE_BITS;
    private static final long STORE = (long) RecordLayout.STORE << RecordLayout.KIND_SHIFT;
    private static final long EIGHT_BYTES = 3L << RecordLayout.AUX_SHIFT;

    @TempDir
    Path folder;

    private RingConsumer consumer;
    private MappedByteBuffer ring;
    private final StringBuilder text = new StringBuilder();

    @BeforeEach
    void create() throws Exception {
        Path file = folder.resolve("ring");
        consumer = RingConsumer.create(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ring = channel.map(FileChannel.MapMode.READ_WRITE, 0, RingLayout.FILE_BYTES);
        }
        ring.order(ByteOrder.nativeOrder());
        ring.putInt(RingLayout.AGENT_STATE, RingLayout.STATE_READY);
    }

    private void record(int chunk, int slot, long word0, long word1) {
        int at = RingLayout.CHUNKS + RingLayout.CHUNK_BYTES * chunk + RecordLayout.SLOT * slot;
        ring.putLong(at, word0);
        ring.putLong(at + 8, word1);
    }

    private void own(int chunk, long sequence) {
        ring.putLong(RingLayout.STATES + 8 * chunk, RECORDER | sequence);
    }

    private String drain() {
        text.setLength(0);
        while (consumer.drain(new TextTraceWriter(text)) != 0) {}
        return text.toString();
    }

    @Test
    void aChunkThatIsFoundBeforeItsPredecessorWaitsForIt() {
        record(7, 0, STORE | EIGHT_BYTES | 0x1000, 1L << 32);
        record(3, 0, STORE | EIGHT_BYTES | 0x2000, 1L << 32);
        record(5, 0, STORE | EIGHT_BYTES | 0x3000, 1L << 32);
        own(7, 0);
        own(5, 2);
        assertEquals("store 0 - 0x1000 8\n", drain());
        own(3, 1);
        assertEquals("store 0 - 0x2000 8\nstore 0 - 0x3000 8\n", drain());
    }

    @Test
    void aValueIsReadOnlyWhenItsStampIsThere() {
        ring.putLong(RingLayout.STAMP, 1);
        long kind = (long) RecordLayout.VALUE_STORE << RecordLayout.KIND_SHIFT | 2L << RecordLayout.SLOTS_SHIFT;
        record(0, 0, kind, 0);
        record(0, 1, EIGHT_BYTES | 0x1000, 0);
        own(0, 0);
        assertEquals("", drain());
        record(0, 1, EIGHT_BYTES | 0x1000, 0x0102030405060708L);
        record(0, 0, kind, 1);
        assertEquals("store 0 - 0x1000 8\nvalue 0 0x1000 0807060504030201\n", drain());
    }
}
