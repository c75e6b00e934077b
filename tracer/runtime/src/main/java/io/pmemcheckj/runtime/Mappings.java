package io.pmemcheckj.runtime;

import io.pmemcheckj.trace.MapFlags;
import io.pmemcheckj.trace.layout.RecordLayout;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import jdk.internal.access.SharedSecrets;
import jdk.internal.misc.Unsafe;

/** Mappings of files into memory, made by the JDK or found in the process's memory map. */
final class Mappings {
    private static final int PROTECTION_READ_ONLY = 0; // sun.nio.ch.FileChannelImpl.MAP_RO
    private static final int PROTECTION_PRIVATE = 2; // sun.nio.ch.FileChannelImpl.MAP_PV

    private static final int PROTECTION_READ_WRITE = 1; // sun.nio.ch.FileChannelImpl.MAP_RW

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
        add(address, length, identity.device, identity.inode, offset, flags, name(file, path));
    }

    private static void add(long address, long length, long device, long inode, long offset, int flags, String path) {
        boolean stores = (flags & (MapFlags.READ_ONLY | MapFlags.PRIVATE)) == 0;
        boolean isFile = (flags & MapFlags.REGISTERED) == 0;
        if (stores && isFile) {
            FileWrites.watch(new FileIdentity(device, inode));
        }
        Recorder recorder = Recorders.current();
        recorder.event(RecordLayout.MAP, path, recorder.currentSite(), address, length, device, inode, offset, flags);
        if (stores) {
            Tracked.add(address, address + length, (flags & MapFlags.EMULATED) != 0);
        }
        if (stores && isFile && Start.audited) {
            // The program must not store before there is a copy of what the file holds.
            recorder.awaitDelivery();
        }
    }

    private static String name(FileDescriptor file, String path) {
        if (path != null) {
            // Only where need be: it asks for a system property, which a security manager may refuse.
            return path.startsWith("/") ? path : new File(path).getAbsolutePath();
        }
        String link =
                "/proc/self/fd/" + SharedSecrets.getJavaIOFileDescriptorAccess().get(file);
        try {
            return new File(link).getCanonicalPath();
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
        if (isSharedFile) {
            boolean sync = type == MAP_SHARED_VALIDATE && (flags & MAP_SYNC) != 0;
            int mode = (protection & PROT_WRITE) != 0 ? PROTECTION_READ_WRITE : PROTECTION_READ_ONLY;
            mapped(address, length, descriptor(file), null, offset, mode, sync);
        } else {
            unmappingByCall(address, length); // with MAP_FIXED it may have taken the place of a segment
        }
    }

    /** Native code mapped a file from its start, for reading and writing. */
    static void mappedByPath(long address, long length, String path, boolean sync) {
        if (address == 0) {
            return;
        }
        try (FileInputStream open = new FileInputStream(path)) {
            mapped(address, length, open.getFD(), path, 0, PROTECTION_READ_WRITE, sync);
        } catch (IOException | SecurityException e) {
            // A file that has no name or cannot be read; without one it is still a segment.
            mapped(address, length, new FileDescriptor(), path, 0, PROTECTION_READ_WRITE, sync);
        }
    }

    /**
     * Native code mapped a file at an address; it may have been found already.
     *
     * @param flags what is known of it, MapFlags
     */
    static void mappedAt(long address, int flags) {
        if (address != 0) {
            find(address, flags);
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
        add(address, length, 0, 0, 0, MapFlags.REGISTERED, "registered memory");
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

    private static boolean find(long address, int flags) {
        String map;
        try {
            map = ProcFile.read("maps");
        } catch (IOException e) {
            map = "";
        }
        for (int from = 0; from < map.length(); ) {
            int to = map.indexOf('\n', from);
            if (to < 0) {
                to = map.length();
            }
            MemoryMapLine line = MemoryMapLine.parse(map.substring(from, to));
            if (line != null && line.holds(address)) {
                if (line.isSharedFile() && !line.holds(Ring.BASE)) {
                    add(
                            line.start,
                            line.end - line.start,
                            line.device,
                            line.inode,
                            line.offset,
                            MapFlags.NATIVE | flags,
                            line.path);
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
