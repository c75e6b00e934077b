package io.pmemcheckj.runtime;

import java.io.FileDescriptor;
import java.io.IOException;
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
