package io.pmemcheckj.trace.ring;

import io.pmemcheckj.trace.FileLookup;
import io.pmemcheckj.trace.MapFlags;
import io.pmemcheckj.trace.TraceVisitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

    /** A file that was told of. */
    private static final class Told {
        final String path;
        /** As the trace says it is; {@link Long#MAX_VALUE} for a file that cannot be read. */
        long length;

        Told(String path, long length) {
            this.path = path;
            this.length = length;
        }
    }

    private final LongSupplier program;
    private final ByteBuffer memory = FileReader.newBlock();
    private final Map<Identity, Told> files = new HashMap<>();

    /** @param program process id of the program */
    FileContents(LongSupplier program) {
        this.program = program;
    }

    /** The program mapped a file and waits. It is told of again should it have grown by means that are not traced. */
    void mapped(TraceVisitor visitor, long device, long inode, int flags, String path) {
        if ((flags & NOT_TOLD) == 0 && inode != 0) {
            Identity file = new Identity(device, inode);
            Told known = files.get(file);
            tell(visitor, file, path, known == null ? -1 : known.length);
        }
    }

    /**
     * The program is about to change a file for the first time, and waits.
     *
     * @param created whether it has just created it, and does not wait
     */
    void found(TraceVisitor visitor, long device, long inode, boolean created, String path) {
        Identity file = new Identity(device, inode);
        if (created) {
            files.put(file, new Told(path, 0));
            visitor.fileFound(device, inode, 0, path);
        } else if (!files.containsKey(file)) {
            tell(visitor, file, path, -1);
        }
    }

    /** @param known length that need not be told of */
    private void tell(TraceVisitor visitor, Identity file, String path, long known) {
        try (FileReader reader = open(file, path)) {
            long length = reader.size();
            if (length > known) {
                files.put(file, new Told(path, length));
                visitor.fileFound(file.device, file.inode, length, path);
                tellContent(visitor, file, reader, length);
            }
        } catch (IOException e) {
            if (known < 0) {
                files.put(file, new Told(path, Long.MAX_VALUE));
                visitor.gap(
                        "what " + path + " held before the program changed it could not be read: " + e.getMessage());
            }
        }
    }

    private FileReader open(Identity file, String path) throws IOException {
        return new FileReader(FileLookup.locate(file.device, file.inode, path, program.getAsLong()), memory);
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
        Told file = files.get(new Identity(device, inode));
        if (file != null) {
            file.length = Math.max(file.length, end);
        }
    }

    /** The kernel copied bytes into a file from elsewhere, and the program waits: tells of them as values. */
    void copied(TraceVisitor visitor, int thread, long device, long inode, long offset, long length) {
        Identity file = new Identity(device, inode);
        Told told = files.get(file);
        if (told == null) {
            return;
        }
        long first = offset & -PART;
        try (FileReader reader = open(file, told.path)) {
            for (long at = first; at < offset + length; ) {
                ByteBuffer block = reader.read(at);
                if (!block.hasRemaining()) {
                    return; // somebody cut it meanwhile
                }
                block.order(ByteOrder.LITTLE_ENDIAN);
                int read = block.limit();
                block.position((int) Math.min(read, Math.max(0, offset - at)));
                block.limit((int) Math.min(read, offset + length - at));
                tellValues(visitor, thread, at, block);
                at += read;
            }
        } catch (IOException e) {
            visitor.gap("what the kernel copied to " + told.path + " could not be read: " + e.getMessage());
        }
    }

    private static void tellValues(TraceVisitor visitor, int thread, long offset, ByteBuffer bytes) {
        while (bytes.remaining() >= Long.BYTES) {
            visitor.value(thread, offset + bytes.position(), Long.BYTES, bytes.getLong());
        }
        if (bytes.hasRemaining()) {
            long at = offset + bytes.position();
            int length = bytes.remaining();
            long value = 0;
            for (int i = 0; i < length; i++) {
                value |= (bytes.get() & 0xffL) << 8 * i;
            }
            visitor.value(thread, at, length, value);
        }
    }

    /** A file was cut or extended. */
    void resized(long device, long inode, long length) {
        Told file = files.get(new Identity(device, inode));
        if (file != null && file.length != Long.MAX_VALUE) {
            file.length = length;
        }
    }
}
