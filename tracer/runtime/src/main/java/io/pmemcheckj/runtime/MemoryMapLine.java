package io.pmemcheckj.runtime;

/** One line of {@code /proc/self/maps}, or the first of a mapping in {@code smaps}; see proc_pid_maps(5). */
final class MemoryMapLine {
    final long start;
    final long end;
    final String permissions;
    final long offset;
    final long device;
    final long inode;
    final String path;

    private MemoryMapLine(long start, long end, String permissions, long offset, long device, long inode, String path) {
        this.start = start;
        this.end = end;
        this.permissions = permissions;
        this.offset = offset;
        this.device = device;
        this.inode = inode;
        this.path = path;
    }

    /** @return null for a line that is not of the documented form */
    static MemoryMapLine parse(String line) {
        // 7f0e8c000000-7f0e8c021000 rw-s 00001000 08:02 1234    /path with spaces
        int[] at = {0};
        String range = word(line, at);
        int dash = range.indexOf('-');
        if (dash < 0) {
            return null;
        }
        String permissions = word(line, at);
        String offset = word(line, at);
        String device = word(line, at);
        String inode = word(line, at);
        int colon = device.indexOf(':');
        if (colon < 0 || inode.isEmpty()) {
            return null;
        }
        int path = at[0];
        while (path < line.length() && line.charAt(path) == ' ') {
            path++;
        }
        long major = Long.parseLong(device.substring(0, colon), 16);
        long minor = Long.parseLong(device.substring(colon + 1), 16);
        return new MemoryMapLine(
                Long.parseUnsignedLong(range.substring(0, dash), 16),
                Long.parseUnsignedLong(range.substring(dash + 1), 16),
                permissions,
                Long.parseUnsignedLong(offset, 16),
                deviceNumber(major, minor),
                Long.parseLong(inode),
                line.substring(path));
    }

    /** How glibc packs a device number (gnu_dev_makedev), so that it equals what stat reports. */
    private static long deviceNumber(long major, long minor) {
        return minor & 0xff | (major & 0xfff) << 8 | (minor & ~0xffL) << 12 | (major & ~0xfffL) << 32;
    }

    private static String word(String line, int[] at) {
        int from = at[0];
        while (from < line.length() && line.charAt(from) == ' ') {
            from++;
        }
        int to = from;
        while (to < line.length() && line.charAt(to) != ' ') {
            to++;
        }
        at[0] = to;
        return line.substring(from, to);
    }

    boolean holds(long address) {
        return start <= address && address < end;
    }

    /** True for accessible memory of the process's own, also where it began as what a file holds or has lost its name. */
    boolean isVolatile() {
        if (permissions.length() != 4 || permissions.startsWith("--") || path.startsWith("[v")) {
            return false; // a reservation; or the kernel's, [vdso] and its like
        }
        return permissions.charAt(3) == 'p' || isNameless();
    }

    /** True for shared memory that no file's name leads to. */
    private boolean isNameless() {
        return isDeleted(path) || path.startsWith("/memfd:") || path.startsWith("/SYSV");
    }

    /** Whether a path that the kernel reports is one that the file has no more. */
    static boolean isDeleted(String path) {
        return path.endsWith(" (deleted)");
    }

    /** True for a file that stores reach: not anonymous memory, a device, or what the JVM itself shares. */
    boolean isSharedFile() {
        return permissions.length() == 4
                && permissions.charAt(1) == 'w'
                && permissions.charAt(3) == 's'
                && inode != 0
                && path.startsWith("/")
                && !isNameless()
                && (!path.startsWith("/dev/") || path.startsWith("/dev/dax") || path.startsWith("/dev/shm/"))
                && !path.contains("/hsperfdata_");
    }
}
