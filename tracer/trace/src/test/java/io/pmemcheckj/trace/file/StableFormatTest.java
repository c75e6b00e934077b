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
 * Traces that users keep must stay readable. {@code version-1.bin} was written when version 1 was made; if the encoding
 * changes, {@link FileLayout#VERSION} changes with it and a file of the new version joins the old one.
 */
class StableFormatTest {
    private static final long SEED = 2026;
    private static final int EVENTS = 400;

    /** Run with this property set to make the file anew, which a new version alone can justify. */
    private static final boolean REFRESH = Boolean.getBoolean("refresh-golden-files");

    private static final Path GOLDEN = Path.of("src/test/resources/io/pmemcheckj/trace/file/version-1.bin");

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
        RandomTrace.send(SEED, EVENTS, sent.visitor());

        RecordedTrace read = RecordedTrace.exact();
        TraceFile.read(GOLDEN, read.visitor());

        assertEquals(sent.events(), read.events());
    }

    /** Compared before compression, which differs between versions of zlib. */
    @Test
    void stillWritesVersion1() throws IOException {
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
