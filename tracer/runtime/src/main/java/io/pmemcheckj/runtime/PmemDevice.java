package io.pmemcheckj.runtime;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * What the kernel says of the device that a file is on, as far as it is persistent memory; see {@code
 * Documentation/ABI/testing/sysfs-bus-nvdimm} and {@code sysfs-block}.
 */
@SuppressWarnings("removal")
final class PmemDevice implements PrivilegedAction<PmemDevice> {
    private static final String CHARACTER_DEVICES = "/dev/dax";

    /** Whether there is no file system in between. */
    final boolean isCharacterDevice;
    /** Whether files on it may be mapped without the page cache; whether one was, its mapping says. */
    boolean offersDax;
    /** Whether the platform writes back the caches of the CPUs when power fails. */
    boolean cachesPersist;

    private final String sysfs;
    private final String path;
    private final long fileSystem;

    private PmemDevice(String sysfs, String path, long fileSystem) {
        isCharacterDevice = path.startsWith(CHARACTER_DEVICES);
        this.sysfs = sysfs;
        this.path = path;
        this.fileSystem = fileSystem;
    }

    /**
     * Looks the device up.
     *
     * @param path of a mapped file
     * @param fileSystem number of the device with the file system that it is on
     */
    static PmemDevice of(String path, long fileSystem) {
        return of("/sys", path, fileSystem);
    }

    /** @param sysfs root of sysfs, for tests */
    static PmemDevice of(String sysfs, String path, long fileSystem) {
        return AccessController.doPrivileged(new PmemDevice(sysfs, path, fileSystem));
    }

    @Override
    public PmemDevice run() {
        try {
            File folder = isCharacterDevice
                    ? folder("char", (Long) Files.getAttribute(FileNames.path(path), "unix:rdev"))
                    : folder("block", fileSystem);
            // a partition is a folder in that of its disk
            offersDax = says(folder, "queue/dax", "1") || says(folder.getParentFile(), "queue/dax", "1");
            cachesPersist = isCpuCache(folder);
        } catch (IOException | RuntimeException e) {
            // Not known. To take it for less than it is misses no store that is not persistent.
        }
        return this;
    }

    private File folder(String kind, long number) throws IOException {
        return new File(sysfs + "/dev/" + kind + "/" + major(number) + ":" + minor(number)).getCanonicalFile();
    }

    /** A device is somewhere below the region of memory that it is made of. */
    private static boolean isCpuCache(File device) throws IOException {
        File folder = device;
        while (folder != null && !folder.getName().startsWith("region")) {
            folder = folder.getParentFile();
        }
        return folder != null && says(folder, "persistence_domain", "cpu_cache");
    }

    private static boolean says(File folder, String name, String text) throws IOException {
        File file = new File(folder, name);
        if (!file.exists()) {
            return false;
        }
        try (FileInputStream in = new FileInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .trim()
                    .equals(text);
        }
    }

    // How glibc packs a device number, see MemoryMapLine.

    private static long major(long device) {
        return device >>> 8 & 0xfff | device >>> 32 & ~0xfffL;
    }

    private static long minor(long device) {
        return device & 0xff | device >>> 12 & 0xffff_ff00L;
    }
}
