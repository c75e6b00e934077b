package io.pmemcheckj.runtime;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * How far a store must get to survive the loss of power, as the kernel says of the region that a device of persistent
 * memory is in; see {@code Documentation/ABI/testing/sysfs-bus-nvdimm}.
 */
@SuppressWarnings("removal")
final class PersistenceDomain implements PrivilegedAction<Boolean> {
    static final String CHARACTER_DEVICES = "/dev/dax";

    private static final String FILE = "persistence_domain";
    private static final String CPU_CACHE = "cpu_cache";

    private final String sysfs;
    private final String path;
    private final long fileSystem;

    private PersistenceDomain(String sysfs, String path, long fileSystem) {
        this.sysfs = sysfs;
        this.path = path;
        this.fileSystem = fileSystem;
    }

    /**
     * Whether the caches of the CPUs survive, too.
     *
     * @param path of a mapped file
     * @param fileSystem number of the device with the file system that it is on
     */
    static boolean hasCpuCaches(String path, long fileSystem) {
        return hasCpuCaches("/sys", path, fileSystem);
    }

    /** @param sysfs root of sysfs, for tests */
    static boolean hasCpuCaches(String sysfs, String path, long fileSystem) {
        return AccessController.doPrivileged(new PersistenceDomain(sysfs, path, fileSystem));
    }

    @Override
    public Boolean run() {
        try {
            if (path.startsWith(CHARACTER_DEVICES)) {
                Path device = FileNames.path(path);
                return isCpuCache("char", (Long) Files.getAttribute(device, "unix:rdev"));
            }
            return isCpuCache("block", fileSystem);
        } catch (IOException | RuntimeException e) {
            return false; // not known: that stores need a flush is the safe side
        }
    }

    private boolean isCpuCache(String kind, long number) throws IOException {
        String link = sysfs + "/dev/" + kind + "/" + major(number) + ":" + minor(number);
        File folder = new File(link).getCanonicalFile();
        while (folder != null) {
            if (folder.getName().startsWith("region") && new File(folder, FILE).exists()) {
                return read(new File(folder, FILE)).equals(CPU_CACHE);
            }
            folder = folder.getParentFile();
        }
        return false;
    }

    private static String read(File file) throws IOException {
        try (FileInputStream in = new FileInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).trim();
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
