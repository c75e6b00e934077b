package io.pmemcheckj.cli.doctor;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import jdk.nio.mapmode.ExtendedMapMode;

/** Tries MAP_SYNC on the real file system. */
final class MapSyncTrial {
    private static final int SIZE = 4096;

    private MapSyncTrial() {}

    /** Maps an existing file read-only: READ_WRITE_SYNC would extend a file that is too short, even when it then fails. */
    static MapSync ofFile(Path file) {
        try (FileChannel channel = FileChannel.open(file, READ)) {
            long size = Math.min(SIZE, channel.size());
            // The JDK maps nothing and reports success for no bytes.
            return size == 0
                    ? MapSync.notTried("the file is empty")
                    : map(channel, ExtendedMapMode.READ_ONLY_SYNC, MapMode.READ_ONLY, size, "the file, read-only");
        } catch (IOException e) {
            return MapSync.notTried("the file cannot be read: " + reason(e));
        }
    }

    /** Maps a file made for it, whose name the JDK removes as soon as the file is open. */
    static MapSync inFolder(Path folder) {
        Path file = folder.resolve(".pmemcheck-j-doctor-" + UUID.randomUUID());
        try (FileChannel channel = FileChannel.open(file, Set.of(CREATE_NEW, READ, WRITE, DELETE_ON_CLOSE))) {
            // Makes room first, so that what fails afterwards is the map.
            channel.write(ByteBuffer.allocate(SIZE), 0);
            return map(channel, ExtendedMapMode.READ_WRITE_SYNC, MapMode.READ_WRITE, SIZE, "a temporary file");
        } catch (IOException e) {
            return MapSync.notTried("no file can be written there: " + reason(e));
        }
    }

    private static MapSync map(FileChannel channel, MapMode sync, MapMode ordinary, long size, String what) {
        try {
            channel.map(sync, 0, size);
            return MapSync.works(what);
        } catch (UnsupportedOperationException e) {
            return MapSync.refused(what, "this JVM offers no SYNC maps on this CPU");
        } catch (IOException e) {
            // The text is the system's, in the user's language: nothing to decide by.
            return isMappable(channel, ordinary, size)
                    ? MapSync.refused(what, reason(e))
                    : MapSync.notMappable(what, reason(e));
        }
    }

    private static boolean isMappable(FileChannel channel, MapMode mode, long size) {
        try {
            channel.map(mode, 0, size);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "the file system makes no files";
        }
        if (e instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        return String.valueOf(e.getMessage());
    }
}
