package io.pmemcheckj.runtime;

import io.pmemcheckj.trace.layout.RecordLayout;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import jdk.internal.access.SharedSecrets;
import jdk.internal.misc.Unsafe;

/**
 * Writes through descriptors to files that are or were mapped, whose mappings show the same pages; and changes of the
 * size of any file. Where values are recorded, writes to all regular files, each of which the consumer has a look at
 * before it is changed.
 */
final class FileWrites {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int LAST_STANDARD_STREAM = 2;

    /** With values: files that the consumer has seen. */
    private static final FileSet WATCHED = new FileSet();

    /** Most programs that write files map none. */
    private static volatile boolean any = Ring.VALUES;

    private FileWrites() {}

    /** From now on writes to the file are recorded. */
    static void watch(FileIdentity file) {
        WATCHED.add(file);
        any = true;
    }

    /** A file is about to be changed through a descriptor. */
    static void changing(FileDescriptor file) {
        if (!Ring.VALUES || file == null || Tracked.disabled() || number(file) <= LAST_STANDARD_STREAM) {
            return;
        }
        try {
            FileIdentity identity = new FileIdentity(file);
            if (!WATCHED.contains(identity)) {
                String path = ProcFile.readLink("fd/" + number(file)); // no path if it is a socket, say
                NamedFile named = path.startsWith("/") ? NamedFile.look(FileNames.path(path)) : null;
                if (named != null && named.file.equals(identity)) {
                    findFirst(named);
                }
            }
        } catch (IOException e) {
            // Somebody has closed it.
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    /** A file is about to be opened, and cut to nothing by that. */
    static void emptying(Path path) {
        if (Ring.VALUES && !Tracked.disabled()) {
            try {
                findFirst(NamedFile.follow(path));
            } catch (Throwable e) {
                Recorder.giveUp();
            }
        }
    }

    /** A name is about to be taken from a file, or given to it besides. */
    static void naming(Path path) {
        if (Ring.VALUES && path != null && !Tracked.disabled()) {
            try {
                findFirst(NamedFile.look(path));
            } catch (Throwable e) {
                Recorder.giveUp();
            }
        }
    }

    /** @param named null for no file */
    private static void findFirst(NamedFile named) {
        if (named != null && !WATCHED.contains(named.file)) {
            find(named);
        }
    }

    /** Returns when the consumer has seen what the file holds. */
    private static void find(NamedFile named) {
        found(named, false);
        Recorders.current().awaitDelivery();
        watch(named.file); // not before: others must wait for that, too
    }

    private static void found(NamedFile named, boolean created) {
        Recorders.current()
                .event(RecordLayout.FILE_FOUND, named.path, 0, named.file.device, named.file.inode, created ? 1 : 0);
    }

    /** A file was created: the consumer knows what it holds. */
    static void created(NamedFile named) {
        if (Ring.VALUES && named.length == 0) {
            found(named, true);
            watch(named.file);
        }
    }

    /** The kernel copied bytes to a file of that name, which was created for them. */
    static void copied(Path path) {
        if (!Ring.VALUES || Tracked.disabled()) {
            return;
        }
        try {
            NamedFile named = NamedFile.look(path);
            if (named != null && named.length > 0 && WATCHED.contains(named.file)) {
                Recorders.current().fileCopy(named.file, 0, named.length, false);
            }
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    /** The file behind a descriptor, or null for one that is not watched. */
    private static FileIdentity watched(FileDescriptor file) {
        if (!any || file == null || Tracked.disabled() || number(file) <= LAST_STANDARD_STREAM) {
            return null;
        }
        FileIdentity identity = new FileIdentity(file);
        return WATCHED.contains(identity) ? identity : null;
    }

    static int number(FileDescriptor file) {
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
                if (array != null || from != 0) {
                    Recorders.current().fileStore(identity, start, length, info.isSynchronous, array, from);
                } else {
                    Recorders.current().fileCopy(identity, start, length, info.isSynchronous);
                }
            }
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    /** The lower bytes of characters were written, or both of each, at the descriptor's position. */
    static void writtenText(FileDescriptor file, String text, int bytesPerCharacter) {
        if (!any) {
            return;
        }
        byte[] bytes = new byte[text.length() * bytesPerCharacter];
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes[(i + 1) * bytesPerCharacter - 1] = (byte) c;
            if (bytesPerCharacter == Character.BYTES) {
                bytes[i * bytesPerCharacter] = (byte) (c >>> 8);
            }
        }
        written(file, bytes.length, -1, bytes, 0);
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

    static boolean isWatched(FileIdentity file) {
        return WATCHED.contains(file);
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
            NamedFile named = NamedFile.follow(path);
            if (named != null && WATCHED.contains(named.file)) {
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
        changing(file.getFD());
        file.setLength(length);
        resized(file.getFD(), 0, length);
    }
}
