package io.pmemcheckj.trace.file;

import io.pmemcheckj.trace.TraceFormatException;
import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.text.TextTraceReader;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a trace from a file of either form: compressed, as {@link TraceFileWriter} keeps it, or text. */
public final class TraceFile {
    /** How much of a file is looked at to tell what it is. */
    private static final int PEEK_BYTES = 512;

    private TraceFile() {}

    /**
     * Delivers every event of the file. From a compressed file that was cut off, because the tool that wrote it was
     * killed or its disk was full, everything that is intact is delivered, then {@link TraceVisitor#gap}; this returns
     * normally then.
     *
     * @throws TraceFormatException if the file is no trace, or is damaged otherwise; what stands before the damage has
     *     been delivered
     * @throws IOException if it cannot be read; as for all exceptions here, the message is one line that names it
     */
    public static void read(Path file, TraceVisitor visitor) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder, not a trace");
        }
        try (InputStream in = new BufferedInputStream(open(file), 64 * 1024)) {
            read(in, file.toString(), visitor);
        }
    }

    private static InputStream open(Path file) throws IOException {
        try {
            return Files.newInputStream(file);
        } catch (NoSuchFileException e) {
            throw new FileNotFoundException("there is no trace " + file);
        } catch (AccessDeniedException e) {
            throw new IOException("no permission to read the trace " + file, e);
        }
    }

    private static void read(InputStream in, String file, TraceVisitor visitor) throws IOException {
        in.mark(PEEK_BYTES);
        byte[] start = in.readNBytes(PEEK_BYTES);
        in.reset();
        if (start.length == 0) {
            throw new TraceFormatException(file + " is empty, not a trace");
        }
        if (isCompressed(start)) {
            readCompressed(in, file, visitor);
        } else if (isText(start)) {
            var decoder = StandardCharsets.UTF_8.newDecoder(); // reports what is not UTF-8
            TextTraceReader.read(new InputStreamReader(in, decoder), file, visitor);
        } else {
            throw new TraceFormatException(file + " is not a trace of pmemcheck-j");
        }
    }

    /** True for a cut-off beginning of a compressed trace too. */
    private static boolean isCompressed(byte[] start) {
        int length = Math.min(start.length, FileLayout.MAGIC_BYTES);
        return Arrays.equals(start, 0, length, FileLayout.magic(), 0, length);
    }

    private static boolean isText(byte[] start) {
        for (byte b : start) {
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    private static void readCompressed(InputStream in, String file, TraceVisitor visitor) throws IOException {
        byte[] header = in.readNBytes(FileLayout.HEADER_BYTES);
        if (header.length < FileLayout.HEADER_BYTES) {
            visitor.gap("the trace file is truncated: it ends within its header");
            return;
        }
        int version = ByteBuffer.wrap(header).getInt(FileLayout.MAGIC_BYTES);
        if (version < FileLayout.OLDEST_VERSION || version > FileLayout.VERSION) {
            throw new TraceFormatException(file + " has version " + version + " of the trace format; this pmemcheck-j "
                    + "reads versions " + FileLayout.OLDEST_VERSION + " to " + FileLayout.VERSION);
        }
        try (FrameReader frames = new FrameReader(in, file)) {
            readFrames(frames, visitor);
        }
    }

    private static void readFrames(FrameReader frames, TraceVisitor visitor) throws IOException {
        EventDecoder decoder = new EventDecoder(visitor);
        FrameReader.Found found = frames.next();
        while (found == FrameReader.Found.EVENTS) {
            try {
                decoder.decode(frames.events(), frames.length());
            } catch (MalformedEventException e) {
                throw frames.damaged(e.getMessage());
            }
            found = frames.next();
        }
        // If the end of the trace was read, then only the end of the file is missing, and no event.
        if (found == FrameReader.Found.TRUNCATED && !decoder.ended()) {
            visitor.gap("the trace file is truncated: it ends within " + frames.place());
        }
    }
}
