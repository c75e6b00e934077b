package io.pmemcheckj.runtime;

import io.pmemcheckj.trace.layout.RecordLayout;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.AccessController;
import java.security.PrivilegedAction;
import jdk.internal.misc.Unsafe;

/** Names that regular files get and lose: one that was not synced may be gone after a crash, or be back. */
@SuppressWarnings("removal")
final class FileNames {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long PATH = U.objectFieldOffset(File.class, "path");

    // <fcntl.h> on Linux
    static final int O_CREAT = 0100;
    static final int O_TRUNC = 01000;
    private static final int O_EXCL = 0200;

    private FileNames() {}

    /** A file is about to be opened: whether it is created by that, unless that fails. */
    static boolean isNew(Path path, int flags) {
        if ((flags & O_TRUNC) != 0) {
            FileWrites.emptying(path);
        }
        if ((flags & O_CREAT) == 0 || Tracked.disabled()) {
            return false;
        }
        try {
            return (flags & O_EXCL) != 0 || !AccessController.doPrivileged(new Exists(path));
        } catch (SecurityException e) {
            return false;
        } catch (Throwable e) {
            Recorder.giveUp();
            return false;
        }
    }

    /** The same for a path of java.io. */
    static boolean isNew(String path, int flags) {
        Path name = (flags & O_CREAT) == 0 ? null : path(path);
        return name != null && isNew(name, flags);
    }

    /** A file was opened. */
    static void opened(boolean isNew, Path path, int flags) {
        if (isNew) {
            named(path, false);
        } else if ((flags & O_TRUNC) != 0) {
            FileWrites.emptied(path);
        }
    }

    static void opened(boolean isNew, String path, int flags) {
        if (isNew || (flags & O_TRUNC) != 0 && FileWrites.isAnyWatched()) {
            opened(isNew, path(path), flags);
        }
    }

    /** Not by way of the default file system, which may be one of the program's own; null if it can be no file's path. */
    static Path path(String path) {
        try {
            return sun.nio.fs.DefaultFileSystemProvider.theFileSystem().getPath(path);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** The path that java.io uses: the method that returns it may be one of the program's own. */
    static Path path(File file) {
        return path((String) U.getReference(file, PATH));
    }

    /** A file got a name. */
    static void named(Path path, boolean renamed) {
        if (path == null || Tracked.disabled()) {
            return;
        }
        try {
            NamedFile named = NamedFile.look(path);
            if (named != null) {
                Recorder recorder = Recorders.current();
                recorder.event(
                        RecordLayout.FILE_NAMED,
                        named.path,
                        recorder.lookedUpSite(),
                        named.file.device,
                        named.file.inode,
                        named.directory,
                        renamed ? 1 : 0);
                if (!renamed) {
                    FileWrites.created(named);
                }
            }
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    /** A name is about to be removed: what it stands for, null if for no regular file. */
    static NamedFile removing(Path path) {
        if (path == null || Tracked.disabled()) {
            return null;
        }
        FileWrites.naming(path);
        try {
            return NamedFile.look(path);
        } catch (Throwable e) {
            Recorder.giveUp();
            return null;
        }
    }

    /** It was removed. */
    static void removed(NamedFile named) {
        if (named == null || Tracked.disabled()) {
            return;
        }
        try {
            Recorder recorder = Recorders.current();
            recorder.event(
                    RecordLayout.FILE_REMOVED,
                    named.path,
                    recorder.lookedUpSite(),
                    named.file.device,
                    named.file.inode);
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    private static final class Exists implements PrivilegedAction<Boolean> {
        private final Path path;

        Exists(Path path) {
            this.path = path;
        }

        @Override
        public Boolean run() {
            return Files.exists(path);
        }
    }
}
