package io.pmemcheckj.trace.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pmemcheckj.trace.RandomTrace;
import io.pmemcheckj.trace.RecordedTrace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Traces that users keep must stay readable. Each {@code version-N.bin} was written when that version was made; if the
 * encoding changes, {@link FileLayout#VERSION} changes with it and a file of the new version joins the old ones.
 */
class StableFormatTest {
    private static final long SEED = 2026;
    private static final int EVENTS = 400;

    /** Run with this property set to make the file anew, which a new version alone can justify. */
    private static final boolean REFRESH = Boolean.getBoolean("refresh-golden-files");

    private static final Path FOLDER = Path.of("src/test/resources/io/pmemcheckj/trace/file");
    private static final Path GOLDEN = FOLDER.resolve("version-" + FileLayout.VERSION + ".bin");

    @TempDir
    Path folder;

    @BeforeAll
    static void refresh() throws IOException {
        if (REFRESH) {
            write(GOLDEN);
        }
    }

    @Test
    void readsFilesOfVersion1() throws IOException {
        RecordedTrace sent = RecordedTrace.exact();
        RandomTrace.sendVersion1(SEED, EVENTS, sent.visitor());

        assertEquals(sent.events(), read(FOLDER.resolve("version-1.bin")).events());
    }

    @Test
    void readsFilesOfVersion2() throws IOException {
        RecordedTrace sent = RecordedTrace.exact();
        RandomTrace.sendVersion2(SEED, EVENTS, sent.visitor());

        assertEquals(sent.events(), read(FOLDER.resolve("version-2.bin")).events());
    }

    @Test
    void readsFilesOfVersion3() throws IOException {
        RecordedTrace sent = RecordedTrace.exact();
        RandomTrace.sendVersion3(SEED, EVENTS, sent.visitor());

        assertEquals(sent.events(), read(FOLDER.resolve("version-3.bin")).events());
    }

    @Test
    void readsFilesOfVersion4() throws IOException {
        RecordedTrace sent = RecordedTrace.exact();
        RandomTrace.sendVersion4(SEED, EVENTS, sent.visitor());

        assertEquals(sent.events(), read(FOLDER.resolve("version-4.bin")).events());
    }

    @Test
    void readsFilesOfVersion5() throws IOException {
        RecordedTrace sent = RecordedTrace.exact();
        RandomTrace.send(SEED, EVENTS, sent.visitor());

        assertEquals(sent.events(), read(FOLDER.resolve("version-5.bin")).events());
    }

    private static RecordedTrace read(Path file) throws IOException {
        RecordedTrace read = RecordedTrace.exact();
        TraceFile.read(file, read.visitor());
        return read;
    }

    /** Compared before compression, which differs between versions of zlib. */
    @Test
    void stillWritesTheSame() throws IOException {
        Path file = folder.resolve("new.trace");
        write(file);

        assertArrayEquals(encodedEvents(GOLDEN), encodedEvents(file));
    }

    private static void write(Path file) throws IOException {
        try (TraceFileWriter writer = new TraceFileWriter(file)) {
            RandomTrace.send(SEED, EVENTS, writer);
        }
    }

    private static byte[] encodedEvents(Path file) throws IOException {
        ByteArrayOutputStream events = new ByteArrayOutputStream();
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(FileLayout.HEADER_BYTES);
            try (FrameReader frames = new FrameReader(in, file.toString())) {
                while (frames.next() == FrameReader.Found.EVENTS) {
                    events.write(frames.events(), 0, frames.length());
                }
            }
        }
        return events.toByteArray();
    }
}
