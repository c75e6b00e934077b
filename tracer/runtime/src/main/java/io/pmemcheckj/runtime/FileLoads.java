package io.pmemcheckj.runtime;

import io.pmemcheckj.trace.layout.RecordLayout;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads through descriptors, of files that are or were mapped; and all reads of files below some folders, whatever way
 * they take, for whoever wants to know what a program reads there.
 */
final class FileLoads {
    /** Absolute folders without links; null for none. */
    static String[] folders;

    private FileLoads() {}

    /** Whether all that is read from the file is to be recorded, mappings that cannot be stored to included. */
    static boolean cover(String path) {
        return folders != null && Folders.hold(folders, path);
    }

    /**
     * Bytes were read.
     *
     * @param length how many, or an error code
     * @param offset where in the file, -1 for where the descriptor's position was
     */
    static void read(FileDescriptor file, long length, long offset) {
        if (length <= 0 || !isAnyOfConcern() || file == null || Tracked.disabled()) {
            return;
        }
        try {
            FileIdentity identity = new FileIdentity(file);
            if (FileWrites.isWatched(identity) || isBelow(file)) {
                long start = offset >= 0 ? offset : new DescriptorInfo(FileWrites.number(file)).position - length;
                record(identity, start, length);
            }
        } catch (IOException e) {
            // Somebody has closed it.
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    /** A file was read from its start to its end. */
    static void readAll(Path path) {
        if (!isAnyOfConcern() || Tracked.disabled()) {
            return;
        }
        try {
            NamedFile named = NamedFile.follow(path);
            if (named != null && named.length > 0 && (FileWrites.isWatched(named.file) || cover(named.path))) {
                record(named.file, 0, named.length);
            }
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    private static boolean isAnyOfConcern() {
        return folders != null || FileWrites.isAnyWatched();
    }

    private static boolean isBelow(FileDescriptor file) throws IOException {
        return folders != null && cover(ProcFile.readLink("fd/" + FileWrites.number(file)));
    }

    private static void record(FileIdentity file, long offset, long length) {
        Recorder recorder = Recorders.current();
        recorder.event(RecordLayout.FILE_LOAD, null, recorder.lookedUpSite(), file.device, file.inode, offset, length);
    }
}
