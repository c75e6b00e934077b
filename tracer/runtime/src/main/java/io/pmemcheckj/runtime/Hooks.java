package io.pmemcheckj.runtime;

import io.pmemcheckj.trace.layout.RecordLayout;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import jdk.internal.access.foreign.UnmapperProxy;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;

/** What woven code calls. Names and descriptors are known to the agent's transformers. */
public final class Hooks {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int EXTERNAL = 3; // StoreKind.EXTERNAL.ordinal()
    private static final long HEAP_ARRAY = U.objectFieldOffset(ByteBuffer.class, "hb");
    private static final long MAPPED_FILE = U.objectFieldOffset(MappedByteBuffer.class, "fd");

    private Hooks() {}

    /** A class outside the JDK is about to call something that may store or flush. */
    public static void mark(int site) {
        Thread thread = Thread.currentThread();
        Recorder recorder = Recorders.TABLE[Recorders.slot(thread)];
        if (recorder.owner == thread) {
            recorder.site = site;
        } else {
            Recorders.markCarried(thread, site);
        }
    }

    /** The same before a call of a byte buffer's method: one that cannot show a segment needs no mark. */
    @ForceInline
    public static void mark(ByteBuffer buffer, int site) {
        if (buffer != null && U.getReference(buffer, HEAP_ARRAY) == null && mayShowSegment(buffer)) {
            mark(site);
        }
    }

    /** A direct buffer without a file can only show a segment that is not a mapping of the JDK's. */
    @ForceInline
    private static boolean mayShowSegment(ByteBuffer direct) {
        return U.getReference(direct, MAPPED_FILE) != null || Tracked.hasForeign;
    }

    /** A method with marked calls returns: what its caller in the JDK does next is not the method's doing. */
    public static void unmark() {
        mark(0);
    }

    /**
     * A store of one value was made.
     *
     * @param aux store kind << 4 | log2 of the size in bytes
     */
    @ForceInline
    public static void store(long address, int aux) {
        if (Tracked.maybe(address)) {
            stored(address, aux);
        }
    }

    /** The same where the address is relative to an object, which for mapped memory is null. */
    @ForceInline
    public static void store(Object base, long address, int aux) {
        if (base == null && Tracked.maybe(address)) {
            stored(address, aux);
        }
    }

    /** A compare-and-set was tried. */
    @ForceInline
    public static void storeIf(boolean done, Object base, long address, int aux) {
        if (done && base == null && Tracked.maybe(address)) {
            stored(address, aux);
        }
    }

    /** A compare-and-exchange was tried: it stored if what was there is what was expected, bit for bit. */
    @ForceInline
    public static void exchange(long found, long expected, Object base, long address, int aux) {
        storeIf(found == expected, base, address, aux);
    }

    private static void stored(long address, int aux) {
        // Looked up before a recorder is made, so that threads which never touch a segment get none.
        if (!Tracked.isUnknown(address) || Mappings.look(address)) {
            Recorder.store(address, aux);
        }
    }

    /** A copy or fill was made. */
    @ForceInline
    public static void bulk(Object base, long address, long length) {
        if (base == null && mayBeTracked(address, length)) {
            Recorders.current().bulk(0, address, length);
        }
    }

    @ForceInline
    private static boolean mayBeTracked(long address, long length) {
        return Tracked.maybe(address) || length > 1 && Tracked.maybe(address + length - 1) || length > 1 << 21;
    }

    /**
     * The kernel put bytes somewhere.
     *
     * @param length number of bytes, or an error code
     */
    public static void received(long length, long address) {
        if (length > 0 && mayBeTracked(address, length)) {
            Recorders.current().bulk(EXTERNAL, address, length);
        }
    }

    /**
     * A scattering read put bytes into the buffers of an iovec array.
     *
     * @param length number of bytes, or an error code
     * @param vectors address of {@code struct iovec[]}
     */
    public static void receivedVectors(long length, long vectors, int count) {
        long rest = length;
        for (int i = 0; i < count && rest > 0; i++) {
            long part = Math.min(rest, U.getLong(null, vectors + 16L * i + 8));
            received(part, U.getLong(null, vectors + 16L * i));
            rest -= part;
        }
    }

    /** Replaces the {@code isSync} argument of the native map call. */
    public static boolean mapSync(boolean sync, String path) {
        return sync && !Emulation.covers(path);
    }

    /**
     * FileChannelImpl.mapInternal returns.
     *
     * @param unmapper the Unmapper, null where nothing was mapped
     */
    public static void mapped(
            Object unmapper,
            FileDescriptor file,
            String path,
            long position,
            long length,
            int protection,
            boolean sync) {
        if (unmapper == null || Tracked.disabled()) {
            return;
        }
        // On JDK 17 address() is the start of the page, on JDK 25 that of the range the program asked for.
        long page = ((UnmapperProxy) unmapper).address() & -U.pageSize();
        Mappings.mapped(page + (position & U.pageSize() - 1), length, file, path, position, protection, sync);
    }

    /** FileChannelImpl.Unmapper.unmap is entered. */
    public static void unmapping(long address, long length) {
        if (address != 0) {
            Mappings.unmapping(address, length);
        }
    }

    /**
     * MappedMemoryUtils.force is entered.
     *
     * @return true when the write-back must be skipped because the mapping is emulated: the file's pages are ordinary
     *     ones, and on JDK 25 without C2 the write-back instructions crash the VM
     */
    public static boolean forceBegin(long address, long length, boolean sync) {
        if (Tracked.disabled()) {
            return false;
        }
        Recorder recorder = Recorders.current();
        recorder.event(RecordLayout.FORCE_BEGIN, null, recorder.currentSite(), address, length);
        return sync && Tracked.isEmulated(address);
    }

    /** FileChannelImpl.force is entered; what it then asks of the dispatcher is part of it. */
    public static void channelForceBegin(FileDescriptor file) {
        fileForceBegin(file);
        if (!Tracked.disabled()) {
            Recorders.current().inChannelForce = true;
        }
    }

    /** FileChannelImpl.force returned or threw. */
    public static void channelForceEnd(boolean failed) {
        if (!Tracked.disabled()) {
            Recorders.current().inChannelForce = false;
            forceEnd(failed);
        }
    }

    /** A file's force is entered. */
    public static void fileForceBegin(FileDescriptor file) {
        if (Tracked.disabled()) {
            return;
        }
        Recorder recorder = Recorders.current();
        if (recorder.inChannelForce) {
            return;
        }
        FileIdentity identity = new FileIdentity(file);
        recorder.event(RecordLayout.FILE_FORCE_BEGIN, null, recorder.currentSite(), identity.device, identity.inode);
    }

    /** The innermost force returned or threw. */
    public static void forceEnd(boolean failed) {
        if (Tracked.disabled()) {
            return;
        }
        Recorder recorder = Recorders.current();
        if (!recorder.inChannelForce) {
            recorder.event(RecordLayout.FORCE_END, null, failed ? 1 : 0);
        }
    }

    /** FileDescriptor.sync, which is native on older JDKs, from a call site outside the JDK. */
    public static void sync(FileDescriptor file) throws IOException {
        fileForceBegin(file);
        boolean done = false;
        try {
            file.sync();
            done = true;
        } finally {
            forceEnd(!done);
        }
    }

    /** A full fence at a call site outside the JDK: orders flushes, and is used for many other ends. */
    public static void fullFence() {
        if (Tracked.ranges.length != 0) {
            Recorder recorder = Recorders.current();
            recorder.event(RecordLayout.FENCE, null, recorder.currentSite(), 0);
        }
    }
}
