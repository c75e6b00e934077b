package io.pmemcheckj.runtime;

import io.pmemcheckj.trace.layout.RecordLayout;
import java.io.File;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import jdk.internal.access.foreign.UnmapperProxy;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;
import sun.invoke.util.Wrapper;

/** What woven code calls. Names and descriptors are known to the agent's transformers. */
public final class Hooks {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int PLAIN = 0; // StoreKind.PLAIN.ordinal()
    private static final int EXTERNAL = 3; // StoreKind.EXTERNAL.ordinal()
    private static final long ADDRESS = U.objectFieldOffset(Buffer.class, "address");
    private static final int PAGE = U.pageSize();
    private static final int RANDOM_ACCESS_WRITES = 2; // java.io.RandomAccessFile.O_RDWR

    private Hooks() {}

    /** A class outside the JDK is about to call something that may store or flush. */
    public static void mark(int site) {
        Thread thread = Thread.currentThread();
        Recorder recorder = Recorders.TABLE[Recorders.slot(thread)];
        if (recorder.owner == thread) {
            if (recorder.site != site) { // a load costs less than a store here, see Recorder
                recorder.site = site;
            }
        } else {
            Recorders.markCarried(thread, site);
        }
    }

    /** The same before a call of a byte buffer's method: one that cannot show a segment needs no mark. */
    @ForceInline
    public static void mark(ByteBuffer buffer, int site) {
        if (buffer instanceof MappedByteBuffer && Tracked.withinBounds(U.getLong(buffer, ADDRESS))) {
            mark(site);
        }
    }

    /** A method with marked calls returns: what its caller in the JDK does next is not the method's doing. */
    public static void unmark() {
        mark(0);
    }

    /**
     * A store of one value was made.
     *
     * @param base null for an absolute address; mapped memory has no other
     * @param aux store kind << 4 | log2 of the size in bytes
     */
    @ForceInline
    public static void store(Object base, long address, int aux) {
        if (base == null && Tracked.withinBounds(address)) {
            Recorder.access(address, aux);
        }
    }

    /**
     * The same of a long, which may be an address.
     *
     * @param value what was stored, in either byte order; passed on because memory may be unmapped before it is read
     */
    @ForceInline
    public static void store(Object base, long address, long value, int aux) {
        if (base == null && Tracked.withinBounds(address)) {
            Recorder.access(address, aux);
            if (VolatilePointers.mayBe(value)) {
                VolatilePointers.stored(address, value);
            }
        }
    }

    /** A compare-and-set was tried. */
    @ForceInline
    public static void storeIf(boolean done, Object base, long address, int aux) {
        if (done) {
            store(base, address, aux);
        }
    }

    /** The same of a long. */
    @ForceInline
    public static void storeIf(boolean done, Object base, long address, long value, int aux) {
        if (done) {
            store(base, address, value, aux);
        }
    }

    /** A compare-and-exchange was tried: it stored if what was there is what was expected, bit for bit. */
    @ForceInline
    public static void exchange(long found, long expected, Object base, long address, int aux) {
        storeIf(found == expected, base, address, aux);
    }

    /** The same of a long. */
    @ForceInline
    public static void exchange(long found, long expected, Object base, long address, long value, int aux) {
        storeIf(found == expected, base, address, value, aux);
    }

    /** A copy or fill was made. */
    @ForceInline
    public static void bulk(Object base, long address, long length) {
        if (base == null && Tracked.overlapsBounds(address, length)) {
            Recorders.current().bulk(0, address, length);
        }
    }

    /**
     * A load of one value was made.
     *
     * @param base null for an absolute address; mapped memory has no other
     * @param log2 of the size in bytes
     */
    @ForceInline
    public static void load(Object base, long address, int log2) {
        if (base == null && Tracked.withinBounds(address)) {
            Recorder.access(address, RecordLayout.LOAD << 4 | log2);
        }
    }

    /** A copy from memory was made. */
    @ForceInline
    public static void bulkLoad(Object base, long address, long length) {
        if (base == null && Tracked.overlapsBounds(address, length)) {
            Recorders.current().bulk(RecordLayout.LOAD, address, length);
        }
    }

    /** The same for Unsafe, whose user may have got the address from native code that mapped a file. */
    @ForceInline
    public static void rawLoad(Object base, long address, int log2) {
        if (base == null && Tracked.maybeForeign(address)) {
            lookAt(address);
            load(null, address, log2);
        }
    }

    @ForceInline
    public static void rawBulkLoad(Object base, long address, long length) {
        if (base == null && length > 0 && Tracked.maybeForeign(address)) {
            lookAt(address);
        }
        bulkLoad(base, address, length);
    }

    /**
     * Two ranges were compared, up to the first difference.
     *
     * @param result index of the element that differs, or the complement of the number of those that were left out
     * @param length of each range in elements
     * @param log2 of the size of an element in bytes
     */
    public static void compared(
            int result, Object base, long address, Object otherBase, long otherAddress, int length, int log2) {
        long bytes = (result >= 0 ? result + 1L : (long) length - ~result) << log2;
        bulkLoad(base, address, bytes);
        bulkLoad(otherBase, otherAddress, bytes);
    }

    /** Native code is about to read what remains of the buffer. */
    public static void reading(ByteBuffer buffer) {
        if (buffer instanceof MappedByteBuffer) {
            bulkLoad(null, U.getLong(buffer, ADDRESS) + buffer.position(), buffer.remaining());
        }
    }

    /**
     * The kernel took bytes from memory.
     *
     * @param length number of bytes, or an error code
     */
    public static void sent(long length, long address) {
        bulkLoad(null, address, length);
    }

    /**
     * A gathering write took bytes from the buffers of an iovec array.
     *
     * @param length number of bytes, or an error code
     * @param vectors address of {@code struct iovec[]}
     */
    public static void sentVectors(long length, long vectors, int count) {
        long rest = length;
        for (int i = 0; i < count && rest > 0; i++) {
            long part = Math.min(rest, U.getLong(null, vectors + 16L * i + 8));
            sent(part, U.getLong(null, vectors + 16L * i));
            rest -= part;
        }
    }

    /** A vector is about to be stored into a buffer: until it has been, what this thread stores is part of that. */
    @ForceInline
    public static void vectorBegin(ByteBuffer buffer, int index, Class<?> lane, int lanes) {
        vectorBegin(PLAIN, buffer, index, lane, lanes);
    }

    /** The same for a segment. */
    @ForceInline
    public static void vectorBegin(Object base, long address, Class<?> lane, int lanes) {
        vectorBegin(PLAIN, base, address, lane, lanes);
    }

    /** A vector is about to be loaded from a buffer: until it has been, what this thread loads is part of that. */
    @ForceInline
    public static void vectorLoadBegin(ByteBuffer buffer, int index, Class<?> lane, int lanes) {
        vectorBegin(RecordLayout.LOAD, buffer, index, lane, lanes);
    }

    /** The same for a segment. */
    @ForceInline
    public static void vectorLoadBegin(Object base, long address, Class<?> lane, int lanes) {
        vectorBegin(RecordLayout.LOAD, base, address, lane, lanes);
    }

    @ForceInline
    private static void vectorBegin(int kind, ByteBuffer buffer, int index, Class<?> lane, int lanes) {
        if (buffer instanceof MappedByteBuffer) {
            vectorBegin(kind, null, U.getLong(buffer, ADDRESS) + index, lane, lanes);
        }
    }

    @ForceInline
    private static void vectorBegin(int kind, Object base, long address, Class<?> lane, int lanes) {
        if (base == null && Tracked.overlapsBounds(address, (long) lanes * Long.BYTES)) {
            Recorder.vectorBegin(kind, address, Wrapper.forPrimitiveType(lane).bitWidth() / Byte.SIZE * lanes);
        }
    }

    /**
     * The vector has been stored, or loaded.
     *
     * @param failed whether an exception prevented that
     * @param mask which lanes were, null for all
     */
    @ForceInline
    public static void vectorEnd(boolean failed, Object mask) {
        if (Recorder.seenVectors) {
            Recorder.vectorEnd(failed, mask);
        }
    }

    /** The same for Unsafe, whose user may have got the address from native code that mapped a file. */
    @ForceInline
    public static void rawStore(Object base, long address, int aux) {
        if (base == null && Tracked.maybeForeign(address)) {
            lookAt(address);
            store(null, address, aux);
        }
    }

    @ForceInline
    public static void rawStoreIf(boolean done, Object base, long address, int aux) {
        if (done) {
            rawStore(base, address, aux);
        }
    }

    @ForceInline
    public static void rawExchange(long found, long expected, Object base, long address, int aux) {
        rawStoreIf(found == expected, base, address, aux);
    }

    @ForceInline
    public static void rawStore(Object base, long address, long value, int aux) {
        if (base == null && Tracked.maybeForeign(address)) {
            lookAt(address);
            store(null, address, value, aux);
        }
    }

    @ForceInline
    public static void rawStoreIf(boolean done, Object base, long address, long value, int aux) {
        if (done) {
            rawStore(base, address, value, aux);
        }
    }

    @ForceInline
    public static void rawExchange(long found, long expected, Object base, long address, long value, int aux) {
        rawStoreIf(found == expected, base, address, value, aux);
    }

    @ForceInline
    public static void rawBulk(Object base, long address, long length) {
        if (base == null && length > 0 && Tracked.maybeForeign(address)) {
            lookAt(address);
        }
        bulk(base, address, length);
    }

    /** Looks whether native code mapped a file at an address that nothing is known of. */
    static void lookAt(long address) {
        if (Tracked.isUnknown(address)) {
            Mappings.look(address);
        }
    }

    /** A buffer or segment was made for memory that the JDK did not allocate: native code may have mapped a file there. */
    public static void foreign(long address, long length) {
        boolean isMappingLike = (address & PAGE - 1) == 0 && length >= PAGE;
        if (!Tracked.disabled()
                && Tracked.indexOf(Tracked.ranges, address) < 0
                && (isMappingLike || Tracked.isUnknown(address))) {
            Mappings.look(address);
        }
    }

    /**
     * The kernel put bytes somewhere.
     *
     * @param length number of bytes, or an error code
     */
    public static void received(long length, long address) {
        if (length > 0 && Tracked.overlapsBounds(address, length)) {
            Recorders.current().bulk(EXTERNAL, address, length);
        }
    }

    /**
     * Native code or the kernel put bytes into a buffer, whose position stands behind them.
     *
     * @param length number of bytes, or an error code
     */
    public static void received(long length, ByteBuffer buffer) {
        if (buffer instanceof MappedByteBuffer) {
            received(length, U.getLong(buffer, ADDRESS) + buffer.position() - length);
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

    /**
     * A file dispatcher read bytes; only where loads are recorded.
     *
     * @param length number of bytes, or an error code
     * @param offset where in the file, -1 for where the descriptor's position was
     */
    public static void read(long length, FileDescriptor file, long offset) {
        FileLoads.read(file, length, offset);
    }

    /**
     * A stream or a RandomAccessFile read one byte.
     *
     * @param value the byte, -1 for the end of the file
     */
    public static void readByte(int value, FileDescriptor file) {
        FileLoads.read(file, value < 0 ? -1 : 1, -1);
    }

    /** A file was read to be copied. */
    public static void readAll(Path source) {
        FileLoads.readAll(source);
    }

    /** A file is about to be changed; only where values are recorded. */
    public static void changing(FileDescriptor file) {
        FileWrites.changing(file);
    }

    /** A file is about to be renamed, or given another name besides; only where values are recorded. */
    public static void renaming(Path from, Path to) {
        FileWrites.naming(from);
        FileWrites.naming(to); // which may be the name of a file until now
    }

    /** The same by java.io.File. */
    public static void renaming(File from, File to) {
        if (to != null) { // or it is not renamed
            renaming(FileNames.path(from), FileNames.path(to));
        }
    }

    /** A file was copied to a new one; only where values are recorded. */
    public static void copied(Path target) {
        FileWrites.copied(target);
    }

    /**
     * A file dispatcher wrote bytes from memory.
     *
     * @param length number of bytes, or an error code
     * @param address where they are in memory
     * @param offset where in the file, -1 for where the descriptor's position was
     */
    public static void written(long length, FileDescriptor file, long address, long offset) {
        FileWrites.written(file, length, offset, null, address);
    }

    /**
     * A file dispatcher wrote bytes from the buffers of an iovec array.
     *
     * @param length number of bytes, or an error code
     * @param vectors address of {@code struct iovec[]}
     */
    public static void writtenVectors(long length, FileDescriptor file, long vectors, int count) {
        FileWrites.writtenVectors(file, length, vectors, count);
    }

    /**
     * The kernel copied bytes into a file from elsewhere.
     *
     * @param length number of bytes, or an error code
     * @param offset where in the file, -1 for where the descriptor's position was
     */
    public static void copied(long length, FileDescriptor file, long offset) {
        FileWrites.written(file, length, offset, null, 0);
    }

    /** A stream or a RandomAccessFile wrote a part of an array. */
    public static void written(FileDescriptor file, byte[] bytes, int from, int length) {
        FileWrites.written(file, length, -1, bytes, from);
    }

    /** The same for a whole array. */
    public static void written(FileDescriptor file, byte[] bytes) {
        written(file, bytes, 0, bytes.length);
    }

    /** The same for one byte. */
    public static void written(FileDescriptor file, int value) {
        FileWrites.writtenByte(file, value);
    }

    /** RandomAccessFile wrote a string, as bytes or as characters. */
    public static void written(FileDescriptor file, String text, int bytesPerCharacter) {
        FileWrites.writtenText(file, text, bytesPerCharacter);
    }

    /**
     * A file was cut, or extended.
     *
     * @param error what the system call returned: 0 if it was done
     * @param length the file's new length in bytes
     */
    public static void resized(int error, FileDescriptor file, long length) {
        FileWrites.resized(file, error, length);
    }

    /** RandomAccessFile.setLength, which is native on older JDKs, from a call site outside the JDK. */
    public static void setLength(RandomAccessFile file, long length) throws IOException {
        FileWrites.setLength(file, length);
    }

    /**
     * java.nio is about to open a file.
     *
     * @param flags those of the system call
     * @return whether this creates the file, unless it fails; for {@link #opened}
     */
    public static boolean opening(Path path, int flags) {
        return FileNames.isNew(path, flags);
    }

    /** It has opened the file. */
    public static void opened(boolean isNew, Path path, int flags) {
        FileNames.opened(isNew, path, flags);
    }

    /**
     * The same for RandomAccessFile.
     *
     * @param mode the sum of its own constants
     */
    public static boolean opening(String path, int mode) {
        return FileNames.isNew(path, (mode & RANDOM_ACCESS_WRITES) != 0 ? FileNames.O_CREAT : 0);
    }

    public static void opened(boolean isNew, String path, int mode) {
        FileNames.opened(isNew, path, 0);
    }

    /** The same for FileOutputStream. */
    public static boolean opening(String path, boolean append) {
        return FileNames.isNew(path, FileNames.O_CREAT);
    }

    public static void opened(boolean isNew, String path, boolean append) {
        FileNames.opened(isNew, path, append ? 0 : FileNames.O_TRUNC);
    }

    /** java.io.File created a file, if it is done. */
    public static void created(boolean done, File file) {
        if (done) {
            FileNames.named(FileNames.path(file), false);
        }
    }

    /** A file was renamed, or given another name besides. */
    public static void renamed(Path path) {
        FileNames.named(path, true);
    }

    /** java.io.File renamed a file, if it is done. */
    public static void renamed(boolean done, File file) {
        if (done) {
            FileNames.named(FileNames.path(file), true);
        }
    }

    /**
     * A name is about to be removed.
     *
     * @return what it is for {@link #removed}
     */
    public static Object removing(Path path) {
        return FileNames.removing(path);
    }

    /** It was removed. */
    public static void removed(Object named) {
        FileNames.removed((NamedFile) named);
    }

    /** java.io.File is about to remove a name. */
    public static Object removing(File file) {
        return FileNames.removing(FileNames.path(file));
    }

    /** It was removed, if it is done. */
    public static void removed(boolean done, Object named) {
        if (done) {
            removed(named);
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
        if (unmapper == null) {
            return;
        }
        // On JDK 17 address() is the start of the page, on JDK 25 that of the range the program asked for.
        long page = ((UnmapperProxy) unmapper).address() & -(long) PAGE;
        Mappings.mapped(page + (position & PAGE - 1), length, file, path, position, protection, sync);
    }

    /** FileChannelImpl.Unmapper.unmap is entered. */
    public static void unmapping(long address, long length) {
        if (address == 0) {
            return;
        }
        if (!Tracked.disabled()) {
            Mappings.unmapping(address, length);
        } else if (Ring.VALUES) {
            Recorders.awaitReaders(); // of what they recorded before
        }
    }

    /**
     * MappedMemoryUtils.force is entered.
     *
     * @return true when the write-back must be skipped because the mapping is emulated: the file's pages are ordinary
     *     ones, and on JDK 25 without C2 the write-back instructions crash the VM
     */
    public static boolean forceBegin(long address, long length, boolean sync) {
        if (!Tracked.disabled()) {
            Recorder recorder = Recorders.current();
            recorder.forceEnded = false;
            recorder.event(RecordLayout.FORCE_BEGIN, null, recorder.currentSite(), address, length);
        }
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
        recorder.forceEnded = false;
        FileIdentity identity = new FileIdentity(file);
        recorder.event(RecordLayout.FILE_FORCE_BEGIN, null, recorder.currentSite(), identity.device, identity.inode);
    }

    /** The innermost force returned or threw. */
    public static void forceEnd(boolean failed) {
        if (Tracked.disabled()) {
            return;
        }
        Recorder recorder = Recorders.current();
        if (recorder.inChannelForce) {
            return;
        }
        if (failed && recorder.forceEnded) {
            recorder.forceEnded = false; // what is thrown is ours
            return;
        }
        int answer = failed ? -1 : Expectations.beginFence();
        recorder.event(RecordLayout.FORCE_END, null, failed ? 1 : 0);
        recorder.forceEnded = answer >= 0;
        Expectations.settle(answer);
        recorder.forceEnded = false;
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

    /** A Lookup is about to define a class. */
    public static byte[] defining(byte[] classFile, Class<?> host, int flags) {
        return HiddenClasses.weave(classFile, host, flags);
    }

    /** A full fence at a call site outside the JDK: orders flushes, and is used for many other ends. */
    public static void fullFence() {
        if (Tracked.ranges.length != 0) {
            Recorder recorder = Recorders.current();
            recorder.event(RecordLayout.FENCE, null, recorder.currentSite(), 0);
        }
    }
}
