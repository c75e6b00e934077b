package io.pmemcheckj.runtime;

import io.pmemcheckj.trace.MapFlags;
import io.pmemcheckj.trace.layout.RecordLayout;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import jdk.internal.access.SharedSecrets;
import jdk.internal.misc.Unsafe;

/** Mappings of files into memory, made by the JDK or found in the process's memory map. */
final class Mappings {
    private static final int PROTECTION_READ_ONLY = 0; // sun.nio.ch.FileChannelImpl.MAP_RO
    private static final int PROTECTION_PRIVATE = 2; // sun.nio.ch.FileChannelImpl.MAP_PV

    // <sys/mman.h> on Linux
    private static final int PROT_WRITE = 2;
    private static final int MAP_TYPE = 0xf;
    private static final int MAP_SHARED = 1;
    private static final int MAP_SHARED_VALIDATE = 3;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_SYNC = 0x80000;

    private static final long PAGE = Unsafe.getUnsafe().pageSize();

    private static final RecentLooks RECENT = new RecentLooks();

    private Mappings() {}

    /** The JDK mapped a file. */
    static void mapped(
            long address, long length, FileDescriptor file, String path, long offset, int protection, boolean sync) {
        try {
            add(address, length, file, path, offset, protection, sync);
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    private static void add(
            long address, long length, FileDescriptor file, String path, long offset, int protection, boolean sync) {
        int flags = 0;
        if (protection == PROTECTION_READ_ONLY) {
            flags |= MapFlags.READ_ONLY;
        } else if (protection == PROTECTION_PRIVATE) {
            flags |= MapFlags.PRIVATE;
        }
        boolean emulated = sync && Emulation.covers(path);
        if (sync) {
            flags |= MapFlags.SYNC;
        }
        if (emulated) {
            flags |= MapFlags.EMULATED;
        }
        FileIdentity identity = new FileIdentity(file);
        add(address, length, identity, offset, flags, name(file, path));
    }

    /**
     * Native code mapped a file.
     *
     * @param flags what is known of the mapping otherwise; SYNC where the program asked for that, or was told so
     */
    private static void addNative(long address, long length, FileIdentity file, long offset, int flags, String path) {
        int domain = 0;
        if (Emulation.coversNative(path)) {
            domain = MapFlags.SYNC | MapFlags.EMULATED;
        } else if ((flags & MapFlags.SYNC) == 0) {
            PmemDevice device = PmemDevice.of(path, file.device);
            domain = device.isCharacterDevice || device.offersDax && isSync(address) ? MapFlags.SYNC : 0;
        }
        add(address, length, file, offset, flags | domain, path);
    }

    /** Whether memory was mapped with MAP_SYNC, "sf" in what proc_pid_smaps(5) shows. */
    private static boolean isSync(long address) {
        String map = read("smaps"); // tens of milliseconds for each GiB that is mapped: the kernel counts the pages
        boolean isIt = false;
        for (int from = 0; from < map.length(); ) {
            int to = end(map, from);
            if (map.startsWith("VmFlags:", from)) {
                if (isIt) {
                    return map.substring(from, to).contains(" sf");
                }
            } else {
                MemoryMapLine line = MemoryMapLine.parse(map.substring(from, to));
                isIt = line == null ? isIt : line.holds(address);
            }
            from = to + 1;
        }
        return false;
    }

    private static String read(String map) {
        try {
            return ProcFile.read(map);
        } catch (IOException e) {
            return "";
        }
    }

    private static int end(String map, int from) {
        int end = map.indexOf('\n', from);
        return end < 0 ? map.length() : end;
    }

    private static void add(long address, long length, FileIdentity file, long offset, int flags, String path) {
        if ((flags & (MapFlags.SYNC | MapFlags.EMULATED)) == MapFlags.SYNC
                && PmemDevice.of(path, file.device).cachesPersist) {
            flags |= MapFlags.CACHES_PERSIST;
        }
        boolean stores = (flags & (MapFlags.READ_ONLY | MapFlags.PRIVATE)) == 0;
        boolean isFile = (flags & MapFlags.REGISTERED) == 0;
        if (stores && isFile && !Ring.VALUES) {
            FileWrites.watch(file);
        }
        Recorder recorder = Recorders.current();
        recorder.event(
                RecordLayout.MAP,
                path,
                recorder.currentSite(),
                address,
                length,
                file.device,
                file.inode,
                offset,
                flags);
        if (stores || isFile && FileLoads.cover(path)) {
            Tracked.add(address, address + length, (flags & MapFlags.EMULATED) != 0);
        }
        if (stores && isFile && Ring.VALUES) {
            // The program must not store before the consumer has seen what the file holds.
            recorder.awaitDelivery();
            FileWrites.watch(file);
        }
    }

    private static String name(FileDescriptor file, String path) {
        if (path != null) {
            // Only where need be: it asks for a system property, which a security manager may refuse.
            return path.startsWith("/") ? path : new File(path).getAbsolutePath();
        }
        String link = "fd/" + SharedSecrets.getJavaIOFileDescriptorAccess().get(file);
        try {
            return ProcFile.readLink(link);
        } catch (IOException e) {
            return link;
        }
    }

    /** The JDK is about to unmap. */
    static void unmapping(long address, long length) {
        Tracked.remove(address, address + length);
        if (Ring.VALUES) {
            Recorders.awaitReaders(); // what they read belongs before the end of the segment
        }
        Recorder recorder = Recorders.current();
        recorder.event(RecordLayout.UNMAP, null, recorder.currentSite(), address, length);
    }

    /**
     * The program called mmap itself.
     *
     * @param address what it returned
     */
    static void mappedByCall(long address, long length, long protection, long flags, int file, long offset) {
        if (address == -1) {
            return;
        }
        long type = flags & MAP_TYPE;
        boolean isSharedFile =
                (type == MAP_SHARED || type == MAP_SHARED_VALIDATE) && (flags & MAP_ANONYMOUS) == 0 && file >= 0;
        String path = isSharedFile ? name(file) : null;
        if (path == null) {
            unmappingByCall(address, length); // with MAP_FIXED it may have taken the place of a segment
            return;
        }
        int known = (protection & PROT_WRITE) != 0 ? 0 : MapFlags.READ_ONLY;
        if (type == MAP_SHARED_VALIDATE && (flags & MAP_SYNC) != 0) {
            known |= MapFlags.SYNC;
        }
        mappedByNative(address, length, new FileIdentity(descriptor(file)), offset, known, path);
    }

    /** Path of an open file; null for one that has none, which nobody can find after a crash. */
    private static String name(int file) {
        try {
            String path = ProcFile.readLink("fd/" + file);
            return MemoryMapLine.isDeleted(path) ? null : path;
        } catch (IOException e) {
            return null;
        }
    }

    private static void mappedByNative(
            long address, long length, FileIdentity file, long offset, int flags, String path) {
        try {
            addNative(address, length, file, offset, flags, path);
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    /** Native code mapped a file from its start, for reading and writing. */
    static void mappedByPath(long address, long length, String path, boolean sync) {
        if (address == 0) {
            return;
        }
        FileIdentity file = new FileIdentity(0, 0);
        try (FileInputStream open = new FileInputStream(path)) {
            file = new FileIdentity(open.getFD());
        } catch (IOException | SecurityException e) {
            // A file that has no name or cannot be read; without one it is still a segment.
        }
        mappedByNative(address, length, file, 0, sync ? MapFlags.SYNC : 0, new File(path).getAbsolutePath());
    }

    /**
     * Native code mapped a file at an address; it may have been found already.
     *
     * @param flags what is known of it, MapFlags
     */
    static void mappedAt(long address, int flags) {
        if (address == 0) {
            return;
        }
        try {
            find(address, flags);
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    /** An open file of the process. */
    static FileDescriptor descriptor(int number) {
        FileDescriptor file = new FileDescriptor();
        SharedSecrets.getJavaIOFileDescriptorAccess().set(file, number);
        return file;
    }

    /**
     * The program is about to call munmap itself, which takes whole pages. Only what segments have of them is unmapped:
     * the length may be one that munmap refuses.
     */
    static void unmappingByCall(long address, long length) {
        if ((address & PAGE - 1) != 0) {
            return;
        }
        long end = address + length + PAGE - 1 & -PAGE;
        long[] ranges = Tracked.ranges;
        for (int i = 0; i < ranges.length; i += 2) {
            long from = Math.max(address, ranges[i]);
            long to = Math.min(end, ranges[i + 1]);
            if (from < to) {
                unmapping(from, to - from);
            }
        }
    }

    /** Native code is about to unmap all of the mapping that holds an address. */
    static void unmappingAt(long address) {
        long[] ranges = Tracked.ranges;
        int i = Tracked.indexOf(ranges, address);
        if (i >= 0) {
            unmapping(ranges[i], ranges[i + 1] - ranges[i]);
        }
    }

    static void registered(long address, long length) {
        add(address, length, new FileIdentity(0, 0), 0, MapFlags.REGISTERED, "registered memory");
    }

    /**
     * Looks whether native code mapped a file at an address.
     *
     * @return true when it did and the mapping is now tracked
     */
    static boolean look(long address) {
        try {
            if (RECENT.isTooSoon(address)) {
                return false;
            }
            return find(address, 0);
        } catch (Throwable e) {
            Recorder.giveUp();
            return false;
        }
    }

    /**
     * The files that segments show now.
     *
     * @return for each its address, length, device, inode and offset (an array of longs) and its path
     */
    static Object[] tracked() {
        ArrayList<Object> found = new ArrayList<>();
        long[] ranges = Tracked.ranges;
        String map = read("maps");
        for (int from = 0; from < map.length(); ) {
            int to = end(map, from);
            MemoryMapLine line = MemoryMapLine.parse(map.substring(from, to));
            if (line != null && line.isSharedFile() && Tracked.indexOf(ranges, line.start) >= 0) {
                found.add(new long[] {line.start, line.end - line.start, line.device, line.inode, line.offset});
                found.add(line.path);
            }
            from = to + 1;
        }
        return found.toArray();
    }

    /** Tracks the files that were mapped before anything was traced: their stores are seen from now on. */
    static void addAll() {
        try {
            String map = read("maps");
            long ring = 0;
            for (int from = 0; from < map.length(); from = end(map, from) + 1) {
                MemoryMapLine line = MemoryMapLine.parse(map.substring(from, end(map, from)));
                if (line != null && line.holds(Ring.BASE)) {
                    ring = line.inode; // mapped twice: by who created it, too
                }
            }
            for (int from = 0; from < map.length(); from = end(map, from) + 1) {
                MemoryMapLine line = MemoryMapLine.parse(map.substring(from, end(map, from)));
                if (line != null && line.isSharedFile() && line.inode != ring) {
                    FileIdentity file = new FileIdentity(line.device, line.inode);
                    addNative(line.start, line.end - line.start, file, line.offset, 0, line.path);
                }
            }
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    private static boolean find(long address, int flags) {
        String map = read("maps");
        for (int from = 0; from < map.length(); ) {
            int to = end(map, from);
            MemoryMapLine line = MemoryMapLine.parse(map.substring(from, to));
            if (line != null && line.holds(address)) {
                if (line.isSharedFile() && !line.holds(Ring.BASE)) {
                    FileIdentity file = new FileIdentity(line.device, line.inode);
                    addNative(line.start, line.end - line.start, file, line.offset, MapFlags.NATIVE | flags, line.path);
                    return true;
                }
                break;
            }
            from = to + 1;
        }
        Tracked.noSegmentNear(address);
        return false;
    }
}
