package io.pmemcheckj.runtime;

import io.pmemcheckj.trace.layout.RecordLayout;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import jdk.internal.access.SharedSecrets;
import jdk.internal.misc.Unsafe;

/**
 * Writes through descriptors to files that are or were mapped, whose mappings show the same pages; and changes of the
 * size of any file.
 */
final class FileWrites {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int LAST_STANDARD_STREAM = 2;

    private static final ConcurrentHashMap<FileIdentity, FileIdentity> WATCHED = new ConcurrentHashMap<>();

    /** Most programs that write files map none. */
    private static volatile boolean any;

    private FileWrites() {}

    /** From now on writes to the file are recorded. */
    static void watch(FileIdentity file) {
        WATCHED.putIfAbsent(file, file);
        any = true;
    }

    /** The file behind a descriptor, or null for one that is not watched. */
    private static FileIdentity watched(FileDescriptor file) {
        if (!any || file == null || Tracked.disabled() || number(file) <= LAST_STANDARD_STREAM) {
            return null;
        }
        return WATCHED.get(new FileIdentity(file));
    }

    private static int number(FileDescriptor file) {
        return SharedSecrets.getJavaIOFileDescriptorAccess().get(file);
    }

    /**
     * Bytes were written.
     *
     * @param length how many, or an error code
     * @param offset where in the file, -1 for where the descriptor's position was
     * @param array array that holds the bytes, or null for memory
     * @param from index in the array, or address; 0 with no array if the bytes are not at hand
     */
    static void written(FileDescriptor file, long length, long offset, byte[] array, long from) {
        if (length <= 0 || !any) {
            return;
        }
        try {
            FileIdentity identity = watched(file);
            if (identity != null) {
                DescriptorInfo info = new DescriptorInfo(number(file));
                long start = offset >= 0 ? offset : info.position - length;
                Recorders.current().fileStore(identity, start, length, info.isSynchronous, array, from);
            }
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    /** One byte was written, at the descriptor's position. */
    static void writtenByte(FileDescriptor file, int value) {
        if (any) {
            byte[] bytes = {(byte) value};
            written(file, 1, -1, bytes, 0);
        }
    }

    /**
     * A gathering write took bytes from the buffers of an iovec array, at the descriptor's position.
     *
     * @param length how many, or an error code
     * @param vectors address of {@code struct iovec[]}
     */
    static void writtenVectors(FileDescriptor file, long length, long vectors, int count) {
        if (length <= 0 || !any) {
            return;
        }
        try {
            FileIdentity identity = watched(file);
            if (identity == null) {
                return;
            }
            DescriptorInfo info = new DescriptorInfo(number(file));
            long at = info.position - length;
            long rest = length;
            for (int i = 0; i < count && rest > 0; i++) {
                long part = Math.min(rest, U.getLong(null, vectors + 16L * i + 8));
                if (part > 0) {
                    long from = U.getLong(null, vectors + 16L * i);
                    Recorders.current().fileStore(identity, at, part, info.isSynchronous, null, from);
                }
                at += part;
                rest -= part;
            }
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    /** Whether there is a file that is or was mapped. */
    static boolean isAnyWatched() {
        return any;
    }

    /** The file was cut or extended, if there is no error; it may be one that is mapped only afterwards. */
    static void resized(FileDescriptor file, long error, long length) {
        if (error != 0 || file == null || Tracked.disabled()) {
            return;
        }
        try {
            resized(new FileIdentity(file), length);
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    /** The file was opened and cut to nothing by that. */
    static void emptied(Path path) {
        if (!any || Tracked.disabled()) {
            return;
        }
        try {
            NamedFile named = NamedFile.look(path);
            if (named != null && WATCHED.containsKey(named.file)) {
                resized(named.file, 0);
            }
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    private static void resized(FileIdentity file, long length) {
        Recorder recorder = Recorders.current();
        recorder.event(RecordLayout.FILE_SIZE, null, recorder.lookedUpSite(), file.device, file.inode, length);
    }

    /** Does what it says, and records it. */
    static void setLength(RandomAccessFile file, long length) throws IOException {
        file.setLength(length);
        resized(file.getFD(), 0, length);
    }
}
