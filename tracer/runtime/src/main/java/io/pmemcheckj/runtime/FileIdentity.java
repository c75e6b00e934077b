package io.pmemcheckj.runtime;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;
import jdk.internal.misc.Unsafe;

/** Device and inode of an open file: what tells files apart, whatever their paths. */
final class FileIdentity {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long DEVICE = U.objectFieldOffset(sun.nio.ch.FileKey.class, "st_dev");
    private static final long INODE = U.objectFieldOffset(sun.nio.ch.FileKey.class, "st_ino");

    /** Device number, 0 when the descriptor has no file. */
    final long device;
    /** Inode number, 0 when the descriptor has no file. */
    final long inode;

    FileIdentity(FileDescriptor file) {
        long foundDevice = 0;
        long foundInode = 0;
        try {
            Object key = sun.nio.ch.FileKey.create(file);
            foundDevice = U.getLong(key, DEVICE);
            foundInode = U.getLong(key, INODE);
        } catch (IOException e) {
            // Whatever is done with such a descriptor next fails by itself.
        }
        device = foundDevice;
        inode = foundInode;
    }

    /** From what stat says, on this system. */
    static FileIdentity of(BasicFileAttributes attributes) {
        Object key = attributes.fileKey(); // of a class that only its own package may name
        Class<?> type = key.getClass();
        return new FileIdentity(
                U.getLong(key, U.objectFieldOffset(type, "st_dev")),
                U.getLong(key, U.objectFieldOffset(type, "st_ino")));
    }

    FileIdentity(long device, long inode) {
        this.device = device;
        this.inode = inode;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileIdentity that && device == that.device && inode == that.inode;
    }

    @Override
    public int hashCode() {
        return (int) (31 * device + inode);
    }
}
