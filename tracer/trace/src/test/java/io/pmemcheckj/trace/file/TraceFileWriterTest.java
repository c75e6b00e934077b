package io.pmemcheckj.trace.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.trace.RandomTrace;
import io.pmemcheckj.trace.RecordedTrace;
import io.pmemcheckj.trace.StoreKind;
import io.pmemcheckj.trace.TraceVisitor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TraceFileWriterTest {
    private static final int BLOCK_BYTES = FrameWriter.BLOCK_BYTES;

    @TempDir
    Path folder;

    @Test
    void unwritablePathsFailAtOnce() {
        Path nowhere = folder.resolve("no/such/folder/a.trace");

        IOException e = assertThrows(IOException.class, () -> new TraceFileWriter(nowhere));
        assertEquals("cannot write the trace " + nowhere + " (No such file or directory)", e.getMessage());

        e = assertThrows(IOException.class, () -> new TraceFileWriter(folder));
        assertEquals("cannot write the trace " + folder + " (Is a directory)", e.getMessage());
    }

    static boolean hasFullDevice() {
        return Files.isWritable(Path.of("/dev/full"));
    }

    @Test
    @EnabledIf("hasFullDevice")
    void aDiskThatIsFullFromTheStartFailsAtOnce() {
        IOException e = assertThrows(IOException.class, () -> new TraceFileWriter(Path.of("/dev/full")));

        assertEquals("cannot write the trace /dev/full: No space left on device", e.getMessage());
    }

    @Test
    void aDiskThatFillsUpStopsTheFileOnly() throws IOException {
        Path file = folder.resolve("a.trace");
        TraceFileWriter writer = new TraceFileWriter(new SmallDisk(file, 100_000), file.toString(), 1000, BLOCK_BYTES);
        assertNull(writer.failure());

        RandomTrace.send(1, 500_000, writer);

        IOException e = assertThrows(IOException.class, writer::close);
        assertEquals("cannot write the trace " + file + ": No space left on device", e.getMessage());
        assertSame(e, writer.failure());
        writer.close();
        assertEquals("gap", lastOf(readAll(file)).get(0));
        assertTrue(readAll(file).size() > 1000, "what fitted on the disk is there");
    }

    @Test
    void whatIsPendingReachesTheFileWithoutMoreEvents() throws Exception {
        Path file = folder.resolve("a.trace");
        TraceFileWriter writer =
                new TraceFileWriter(new FileOutputStream(file.toFile()), file.toString(), 10, BLOCK_BYTES);
        writer.marker(1, 0, "first");
        awaitMarker(file, "first");
        writer.marker(1, 0, "second");
        awaitMarker(file, "second");
        writer.close();

        assertEquals(List.of(List.of("marker", 1, 0, "first"), List.of("marker", 1, 0, "second")), readAll(file));
    }

    private static void awaitMarker(Path file, String label) throws Exception {
        List<Object> marker = List.of("marker", 1, 0, label);
        while (!readAll(file).contains(marker)) {
            Thread.sleep(1);
        }
    }

    /** Frames taken at arbitrary moments, some of a half-filled block, still hold every event once and in order. */
    @Test
    void frequentFlushingLosesAndRepeatsNothing() throws IOException {
        Path file = folder.resolve("a.trace");
        try (TraceFileWriter writer =
                new TraceFileWriter(new FileOutputStream(file.toFile()), file.toString(), 0, BLOCK_BYTES)) {
            RandomTrace.send(7, 200_000, writer);
        }
        RecordedTrace sent = RecordedTrace.exact();
        RandomTrace.send(7, 200_000, sent.visitor());

        assertEquals(sent.events(), readAll(file));
    }

    @Test
    void knowsTheSizeOfTheFile() throws IOException {
        Path file = folder.resolve("a.trace");
        TraceFileWriter writer = new TraceFileWriter(file);
        RandomTrace.send(1, 10_000, writer);
        writer.close();

        assertEquals(Files.size(file), writer.bytesWritten());
    }

    @Test
    void aLoopOfStoresAndFlushesTakesLittleSpace() throws IOException {
        Path file = folder.resolve("a.trace");
        int records = 100_000;
        try (TraceFileWriter writer = new TraceFileWriter(file)) {
            for (int i = 0; i < records; i++) {
                long address = 0x7f0000000000L + 64L * i;
                writer.store(1, 1, StoreKind.PLAIN, address, 8, 1);
                writer.store(1, 2, StoreKind.PLAIN, address + 8, 4, 1);
                writer.flush(1, 3, address, 64);
                writer.fence(1, 3, true);
            }
        }

        assertTrue(Files.size(file) < records, Files.size(file) + " bytes for " + 4 * records + " events");
    }

    @Test
    void anInterruptDoesNotLoseEventsAndStaysPending() throws IOException {
        Path file = folder.resolve("a.trace");
        TraceFileWriter writer = new TraceFileWriter(file);
        Thread.currentThread().interrupt();
        RandomTrace.send(1, 200_000, writer);
        writer.close();

        assertTrue(Thread.interrupted());
        assertEquals(List.of("end"), lastOf(readAll(file)));
    }

    @Test
    void acceptsNoEventsOnceClosed() throws IOException {
        TraceFileWriter writer = new TraceFileWriter(folder.resolve("a.trace"));
        writer.close();

        assertThrows(IllegalStateException.class, () -> writer.fence(1, TraceVisitor.UNKNOWN_SITE, true));
    }

    private static List<List<Object>> readAll(Path file) throws IOException {
        RecordedTrace read = RecordedTrace.exact();
        TraceFile.read(file, read.visitor());
        return read.events();
    }

    private static List<Object> lastOf(List<List<Object>> events) {
        return events.get(events.size() - 1);
    }

    /** A file on a disk with room for so many bytes, which takes a part of what does not fit. */
    private static final class SmallDisk extends OutputStream {
        private final OutputStream file;
        private int room;

        SmallDisk(Path file, int room) throws IOException {
            this.file = new FileOutputStream(file.toFile());
            this.room = room;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int fits = Math.min(room, length);
            file.write(bytes, from, fits);
            room -= fits;
            if (fits < length) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
