package io.pmemcheckj.trace.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.trace.RandomTrace;
import io.pmemcheckj.trace.RecordedTrace;
import io.pmemcheckj.trace.TraceFormatException;
import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.text.TextTraceWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("a.trace");
    }

    @ParameterizedTest
    @CsvSource({"1,0", "2,1", "3,100", "4,20000", "5,300000"})
    void everyEventRoundTrips(long seed, int events) throws IOException {
        writeRandom(seed, events);

        assertEquals(random(seed, events), readIntact());
    }

    @Test
    void readsTextToo() throws IOException {
        StringBuilder text = new StringBuilder();
        RandomTrace.send(1, 2000, new TextTraceWriter(text));
        Files.writeString(file, text);
        RecordedTrace sent = RecordedTrace.withSitesResolved();
        RandomTrace.send(1, 2000, sent.visitor());

        RecordedTrace read = RecordedTrace.withSitesResolved();
        TraceFile.read(file, read.visitor());

        assertEquals(sent.events(), read.events());
    }

    @Test
    void textCanBeCompressedAndDumpedAgain() throws IOException {
        StringBuilder text = new StringBuilder();
        RandomTrace.send(2, 2000, new TextTraceWriter(text));
        Files.writeString(file, text);
        Path compressed = folder.resolve("compressed.trace");
        try (TraceFileWriter writer = new TraceFileWriter(compressed)) {
            TraceFile.read(file, writer);
        }

        StringBuilder dumped = new StringBuilder();
        TraceFile.read(compressed, new TextTraceWriter(dumped));

        assertEquals(text.toString(), dumped.toString());
    }

    @Test
    void eventsLargerThanABlockRoundTrip() throws IOException {
        String label = "0123456789ab€".repeat(100_000);
        int[] frames = new Random(1).ints(100_000).toArray();
        RecordedTrace sent = RecordedTrace.exact();
        sendLarge(sent.visitor(), label, frames);
        try (TraceFileWriter writer = new TraceFileWriter(file)) {
            sendLarge(writer, label, frames);
        }

        assertEquals(sent.events(), readIntact());
    }

    private static void sendLarge(TraceVisitor to, String label, int[] frames) {
        to.marker(1, 0, label);
        to.stack(1, frames);
        to.marker(1, 0, "after");
    }

    /** Cut off anywhere, the file gives the events of its whole frames, then a gap if an event is missing. */
    @Test
    void truncatedAnywhereDeliversWhatIsIntact() throws IOException {
        try (TraceFileWriter writer = smallFrames()) {
            RandomTrace.send(1, 150, writer);
        }
        List<List<Object>> all = readIntact();
        byte[] whole = Files.readAllBytes(file);
        List<Object> gaps = new ArrayList<>();
        int delivered = 0;
        for (int length = 1; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));

            List<List<Object>> read = readIntact();

            List<Object> last = read.isEmpty() ? List.of() : read.get(read.size() - 1);
            boolean gap = last.get(0).equals("gap") && last.get(1).toString().contains("truncated");
            List<List<Object>> events = gap ? read.subList(0, read.size() - 1) : read;
            assertEquals(all.subList(0, events.size()), events, "cut off at " + length);
            assertEquals(events.size() < all.size(), gap, "a gap if and only if an event is missing, at " + length);
            assertTrue(events.size() >= delivered, "fewer events from more bytes, cut off at " + length);
            delivered = events.size();
            gaps.add(last);
        }
        assertTrue(gaps.stream().distinct().count() > 5, "there were too few frames to tell anything");
    }

    /** Whatever byte is wrong, the outcome is a message or a shorter trace, and never a wrong event. */
    @Test
    void garbledAnywhereIsNoticed() throws IOException {
        try (TraceFileWriter writer = smallFrames()) {
            RandomTrace.send(2, 150, writer);
        }
        List<List<Object>> all = readIntact();
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(3);
        for (int at = 0; at < whole.length; at++) {
            byte[] garbled = whole.clone();
            // One that makes an older version of the number is no damage to speak of.
            boolean version = at >= FileLayout.MAGIC_BYTES && at < FileLayout.HEADER_BYTES;
            garbled[at] ^= (byte) (1 << (version ? 7 : random.nextInt(8)));
            Files.write(file, garbled);
            RecordedTrace read = RecordedTrace.exact();

            TraceFormatException e =
                    assertThrows(TraceFormatException.class, () -> TraceFile.read(file, read.visitor()));

            assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
            assertFalse(e.getMessage().contains("\n"), e.getMessage());
            assertEquals(all.subList(0, read.events().size()), read.events());
        }
    }

    @Test
    void namesTheDamagedFrame() throws IOException {
        writeRandom(1, 100);
        byte[] bytes = Files.readAllBytes(file);
        bytes[FileLayout.HEADER_BYTES + FileLayout.FRAME_HEADER_BYTES + 5] ^= 1;
        Files.write(file, bytes);

        assertEquals(file + " is damaged: frame 1 at byte 12: its checksum does not match", failure());
    }

    @Test
    void refusesWhatFollowsTheEnd() throws IOException {
        writeRandom(1, 100);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));

        assertEquals(file + " is damaged: something follows the end of the trace", failure());
    }

    @Test
    void refusesOtherVersions() throws IOException {
        byte[] header = ByteBuffer.allocate(FileLayout.HEADER_BYTES)
                .put(FileLayout.magic())
                .putInt(6)
                .array();
        Files.write(file, header);

        assertEquals(file + " has version 6 of the trace format; this pmemcheck-j reads versions 1 to 5", failure());
    }

    @Test
    void refusesEmptyFiles() throws IOException {
        Files.createFile(file);

        assertEquals(file + " is empty, not a trace", failure());
    }

    @Test
    void refusesForeignFiles() throws IOException {
        Files.write(file, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0});

        assertEquals(file + " is not a trace of pmemcheck-j", failure());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void refusesNoise(long seed) throws IOException {
        byte[] noise = new byte[5000];
        new Random(seed).nextBytes(noise);
        Files.write(file, noise);

        assertEquals(file + " is not a trace of pmemcheck-j", failure());
    }

    @Test
    void refusesForeignText() throws IOException {
        Files.writeString(file, "{ \"schemaVersion\": \"1.0\" }\n");

        assertEquals(file + ":1: unknown event '{' (is this a trace of pmemcheck-j?)", failure());
    }

    @Test
    void refusesTextInAnotherEncoding() throws IOException {
        Files.write(file, "# größe\nend\n".getBytes(StandardCharsets.ISO_8859_1));

        assertEquals(file + ":1: this line or one soon after it is not UTF-8 text", failure());
    }

    @Test
    void namesWhatCannotBeRead() {
        Path missing = folder.resolve("missing");

        assertEquals("there is no trace " + missing, failureOf(missing));
        assertEquals(folder + " is a folder, not a trace", failureOf(folder));
    }

    private String failure() {
        TraceFormatException e = assertThrows(
                TraceFormatException.class,
                () -> TraceFile.read(file, RecordedTrace.exact().visitor()));
        return e.getMessage();
    }

    private static String failureOf(Path path) {
        IOException e = assertThrows(
                IOException.class,
                () -> TraceFile.read(path, RecordedTrace.exact().visitor()));
        return e.getMessage();
    }

    private void writeRandom(long seed, int events) throws IOException {
        try (TraceFileWriter writer = new TraceFileWriter(file)) {
            RandomTrace.send(seed, events, writer);
        }
    }

    private TraceFileWriter smallFrames() throws IOException {
        return new TraceFileWriter(new FileOutputStream(file.toFile()), file.toString(), 1000, 256);
    }

    private static List<List<Object>> random(long seed, int events) {
        RecordedTrace sent = RecordedTrace.exact();
        RandomTrace.send(seed, events, sent.visitor());
        return sent.events();
    }

    private List<List<Object>> readIntact() throws IOException {
        RecordedTrace read = RecordedTrace.exact();
        TraceFile.read(file, read.visitor());
        return read.events();
    }
}
