package io.pmemcheckj.trace.ring;

import io.pmemcheckj.trace.FileLookup;
import io.pmemcheckj.trace.MapFlags;
import io.pmemcheckj.trace.TraceVisitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tells what the program's files held before it changed them, which the ring does not carry: the program waits until it
 * has been read from the file.
 */
final class FileContents {
    /** Most bytes that are told of at once. */
    private static final int PART = 4096;

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(PART);
    private static final int NOT_TOLD = MapFlags.READ_ONLY | MapFlags.PRIVATE | MapFlags.REGISTERED;

    private record Identity(long device, long inode) {}

    private final LongSupplier program;
    /** Lengths of the files that were told of, as the trace says they are; {@link Long#MAX_VALUE} for one that cannot be read. */
    private final Map<Identity, Long> lengths = new HashMap<>();

    /** @param program process id of the program */
    FileContents(LongSupplier program) {
        this.program = program;
    }

    /** The program mapped a file and waits. It is told of again should it have grown by means that are not traced. */
    void mapped(TraceVisitor visitor, long device, long inode, int flags, String path) {
        if ((flags & NOT_TOLD) == 0 && inode != 0) {
            tell(visitor, new Identity(device, inode), path);
        }
    }

    private void tell(TraceVisitor visitor, Identity file, String path) {
        Long known = lengths.get(file);
        try (FileReader reader =
                new FileReader(FileLookup.locate(file.device, file.inode, path, program.getAsLong()))) {
            long length = reader.size();
            if (known == null || length > known) {
                lengths.put(file, length);
                visitor.fileFound(file.device, file.inode, length, path);
                tellContent(visitor, file, reader, length);
            }
        } catch (IOException e) {
            if (known == null) {
                lengths.put(file, Long.MAX_VALUE); // not to be tried again
                visitor.gap(
                        "what " + path + " held before the program changed it could not be read: " + e.getMessage());
            }
        }
    }

    private static void tellContent(TraceVisitor visitor, Identity file, FileReader reader, long length)
            throws IOException {
        for (long at = 0; at < length; ) {
            ByteBuffer block = reader.read(at);
            if (!block.hasRemaining()) {
                return; // somebody cut it meanwhile
            }
            for (int from = 0; from < block.limit(); from += PART) {
                tellPart(visitor, file, at + from, block.slice(from, Math.min(PART, block.limit() - from)));
            }
            at += block.limit();
        }
    }

    /** Tells of the bytes from the first that is not zero to the last. */
    private static void tellPart(TraceVisitor visitor, Identity file, long offset, ByteBuffer part) {
        int first = part.mismatch(ZEROS.slice(0, part.limit()));
        if (first < 0) {
            return;
        }
        int end = part.limit();
        while (part.get(end - 1) == 0) {
            end--;
        }
        byte[] bytes = new byte[end - first];
        part.get(first, bytes);
        visitor.fileContent(file.device, file.inode, offset + first, bytes);
    }

    /** Bytes were written through a descriptor. */
    void written(long device, long inode, long end) {
        lengths.computeIfPresent(new Identity(device, inode), (file, length) -> Math.max(length, end));
    }

    /** A file was cut or extended. */
    void resized(long device, long inode, long length) {
        lengths.computeIfPresent(new Identity(device, inode), (file, old) -> old == Long.MAX_VALUE ? old : length);
    }
}
