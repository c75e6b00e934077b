package io.pmemcheckj.trace;

/**
 * The one event vocabulary: everything that can stand in a trace, in the order in which it took effect.
 *
 * <p>The file writer, the text dump and the replayer all implement this interface; the file reader, the text parser and
 * the ring consumer all call it. A new kind of event is a new method here, and the compiler lists the rest.
 *
 * <p>Conventions, for every method: addresses are virtual addresses in the traced process; lengths and sizes are in
 * bytes; {@code thread}, {@code site}, {@code stack} are numbers that were defined by {@link #thread}, {@link #site},
 * {@link #stack} earlier in the same trace; {@link #UNKNOWN_SITE} stands for a place in the code that is not known.
 */
public interface TraceVisitor {

    /** The site of an event whose place in the code is not known. */
    int UNKNOWN_SITE = 0;

    /** The transaction id that means "this thread's own transaction", for client requests that name none. */
    long OWN_TRANSACTION = Long.MIN_VALUE;

    /** A fact about the run, for example {@code java} → {@code 17.0.15}; see FORMAT.md for the keys in use. */
    void property(String key, String value);

    /** Names a thread; a later call for the same number renames it. */
    void thread(int thread, String name);

    /**
     * Defines a place in the code.
     *
     * @param site positive number
     * @param className binary name, dots between packages, for example {@code com.example.Log$Entry}
     * @param method method name
     * @param file source file name without folder, or null
     * @param line source line, or 0 where the class has no line numbers
     */
    void site(int site, String className, String method, String file, int line);

    /** Defines a call stack: the sites of its frames, innermost first, JDK frames included. */
    void stack(int stack, int[] sites);

    /** What this site loads decides on a branch of its method, or is what the method returns. */
    void guardSite(int site);

    /**
     * The code declares an order.
     *
     * @param name what to call it, may be empty
     * @param first selector of the stores that must be persistent first, see {@code io.pmemcheckj.api.PersistOrder}
     * @param then selector of the stores that have to wait for that
     */
    void declaredOrder(String name, String first, String then);

    /** The next event of this thread was made with this stack (a sample: most events carry none). */
    void sample(int thread, int stack);

    /**
     * A file was mapped, or memory was registered as a segment.
     *
     * @param address first mapped address the program can use
     * @param length length in bytes as the program asked for it
     * @param device device number of the file, 0 for registered memory
     * @param inode inode number of the file, 0 for registered memory
     * @param fileOffset offset in the file that {@code address} shows
     * @param flags a sum of {@link MapFlags}
     * @param path path of the file, or a name for registered memory
     */
    void map(
            int thread,
            int site,
            long address,
            long length,
            long device,
            long inode,
            long fileOffset,
            int flags,
            String path);

    /** The range is about to be unmapped, or is no longer a segment. */
    void unmap(int thread, int site, long address, long length);

    /**
     * A run of {@code count} adjacent stores of {@code size} bytes each, made in ascending order by one site. A bulk
     * copy or fill is one store ({@code count} 1) of its whole length.
     *
     * @param size bytes of one store, at least 1
     * @param count number of stores, at least 1; the run covers {@code size * count} bytes
     */
    void store(int thread, int site, StoreKind kind, long address, long size, int count);

    /**
     * A run of {@code count} adjacent loads of {@code size} bytes each, made in ascending order by one site; only where
     * loads are recorded. A bulk copy from mapped memory is one load. What reads and writes at once is a load and, if it
     * wrote, a store.
     *
     * @param size bytes of one load, at least 1
     * @param count number of loads, at least 1
     */
    void load(int thread, int site, long address, long size, int count);

    /**
     * What the thread did so far is visible to whoever acquires the object from now on: a monitor is left, a volatile
     * variable of the object written, a lock given back, a thread started (The Java Language Specification, 17.4.4). Only
     * where loads are recorded.
     *
     * @param object number of the object; objects may share one, so that there can seem to be more order than there is
     */
    void release(int thread, int site, long object);

    /** What other threads released on the object is visible to this one from now on. */
    void acquire(int thread, int site, long object);

    /**
     * Bytes were written to a file through a descriptor. For the file's mappings, if it has any, they are stores to the
     * page cache.
     *
     * @param offset offset in the file, in bytes
     * @param length number of bytes written
     * @param durable whether the descriptor was opened for synchronous writes, so that they are durable already
     */
    void fileStore(int thread, int site, long device, long inode, long offset, long length, boolean durable);

    /**
     * Bytes of a file were read through a descriptor; only where loads are recorded.
     *
     * @param offset offset in the file, in bytes
     * @param length number of bytes read
     */
    void fileLoad(int thread, int site, long device, long inode, long offset, long length);

    /**
     * A file as it was found when the program first mapped it or was about to change it, its name, or what has that name;
     * only where values are recorded. What its {@link #fileContent} does not tell of is zero. Of a file that the program
     * creates this comes after {@link #fileNamed}, and again where the file system gives the inode away once more. A file
     * that grew by means that are not traced is told of anew when it is mapped.
     *
     * @param length length of the file, in bytes
     */
    void fileFound(long device, long inode, long length, String path);

    /**
     * A part of what a file held when it was found.
     *
     * @param offset offset in the file, in bytes
     * @param bytes the content from there on; not to be changed, nor kept
     */
    void fileContent(long device, long inode, long offset, byte[] bytes);

    /** A file, mapped or not, was cut or extended to this length, in bytes; what lay beyond is gone. */
    void fileSize(int thread, int site, long device, long inode, long length);

    /**
     * A file got a name.
     *
     * @param directory inode of the folder that the name is in, on the same device
     * @param renamed false when the file was created; true also for another name besides the one it has
     */
    void fileNamed(int thread, int site, long device, long inode, long directory, boolean renamed, String path);

    /** A name of a file was removed; the file is gone if it was the last. */
    void fileRemoved(int thread, int site, long device, long inode, String path);

    /**
     * The store before, to this address, left the address of memory that does not outlive the process. Of one site there
     * are 1000 of these at most.
     *
     * @param value that address
     */
    void volatilePointer(int thread, int site, long address, long value);

    /**
     * Bytes that the latest store or {@link #fileStore} of this thread left, where the trace carries values. A store of
     * more than 8 bytes is followed by several of these; together they cover what it stored, in ascending order. Where
     * threads race for a byte, the value that comes last is the one that memory holds.
     *
     * @param at address of the first byte; after a fileStore its offset in the file
     * @param length number of bytes, 1 to 8
     * @param bytes the bytes, that of the lowest address in the lowest 8 bits; 0 above them
     */
    void value(int thread, long at, int length, long bytes);

    /** Write-back of the lines of the range was started; it is complete at the thread's next fence. */
    void flush(int thread, int site, long address, long length);

    /** @param explicit false for a fence that is a side effect (fullFence, CAS, volatile store) and is never redundant */
    void fence(int thread, int site, boolean explicit);

    /**
     * A synchronous flush of a mapped range starts ({@code MappedByteBuffer.force}, {@code msync}): it covers what was
     * stored before now and is durable once {@link #forceEnd} reports success.
     */
    void forceBegin(int thread, int site, long address, long length);

    /** The same for every mapping of one file ({@code FileChannel.force}, {@code fsync}). */
    void fileForceBegin(int thread, int site, long device, long inode);

    /**
     * A call that writes the lines of a range back and waits starts; like a force it is ended by {@link #forceEnd}, and
     * like a flush it covers lines, not pages.
     */
    void persistBegin(int thread, int site, long address, long length);

    /** The innermost force that this thread began returned ({@code failed} false) or threw. */
    void forceEnd(int thread, boolean failed);

    /** @param transaction the program's id, or {@link #OWN_TRANSACTION} */
    void beginTransaction(int thread, int site, long transaction);

    void endTransaction(int thread, int site, long transaction);

    void addToTransaction(int thread, int site, long transaction, long address, long length);

    void removeFromTransaction(int thread, int site, long transaction, long address, long length);

    /** The thread takes part in a transaction that another thread began. */
    void joinTransaction(int thread, int site, long transaction);

    void leaveTransaction(int thread, int site, long transaction);

    /** Stores to the range need no transaction from now on. */
    void ignoreInTransactions(int thread, int site, long address, long length);

    /** The program declares the range persistent as it stands. */
    void setClean(int thread, int site, long address, long length);

    /**
     * A library opened one level of this thread's undo-log transaction (libpmemobj, LLPL). Levels nest and count as one
     * transaction, which ends when the outermost does.
     *
     * @param pool address of the memory that the transaction is about, 0 where that is not known
     */
    void beginUndoLog(int thread, int site, long pool);

    /**
     * The range can be put back by this thread's undo-log transaction from now on.
     *
     * @param automatic whether the library added it by itself, within a call that stores as well
     */
    void addToUndoLog(int thread, int site, long address, long length, boolean automatic);

    /** The library will put back what the transaction changed when its outermost level ends. */
    void abortUndoLog(int thread, int site);

    /**
     * One level of this thread's undo-log transaction ended. The outermost commits, unless the transaction was aborted.
     *
     * @param persisted whether at commit the library makes persistent what was added and allocated
     */
    void endUndoLog(int thread, int site, boolean persisted);

    /**
     * A library handed out persistent memory: whatever was stored there before means nothing any more, and what the
     * allocator left in it is persistent. Within an undo-log transaction it needs no logging.
     */
    void allocated(int thread, int site, long address, long length);

    /**
     * Persistent memory was given back to the library; within an undo-log transaction when that commits.
     *
     * @param length in bytes; 0 for as much as was allocated there
     */
    void freed(int thread, int site, long address, long length);

    /** Until the end of it, what this thread stores and flushes is a library's own business and not judged. */
    void internal(int thread, boolean begins);

    /** A named moment, for reports and for bounding the exploration of crash states. */
    void marker(int thread, int site, String label);

    /** The counts so far are to be reported under this label. */
    void checkpoint(int thread, int site, String label);

    /** The program asserts that everything stored in the range is persistent now. */
    void expectPersisted(int thread, int site, long address, long length);

    /** From now on, stores to the first range must be persistent before a store to the second can be. */
    void expectOrdered(
            int thread, int site, long firstAddress, long firstLength, long secondAddress, long secondLength);

    /** The range must change as one unit. */
    void atomic(int thread, int site, long address, long length);

    /** Recovery detects a torn or missing write in the range by itself. */
    void checksummed(int thread, int site, long address, long length);

    /** Names a range for reports and order files. */
    void label(int thread, int site, long address, long length, String name);

    /**
     * An audit compared the content of a file with what its stores left.
     *
     * @param bytes number of bytes compared
     */
    void audited(long device, long inode, long bytes);

    /**
     * An audit found bytes that no store explains.
     *
     * @param offset offset of the first in the file
     * @param expected the first of the bytes as they should be, in hexadecimal
     * @param found the first of the bytes as they are
     */
    void untracedWrite(long device, long inode, long offset, long length, String expected, String found);

    /** Something was not recorded; from here on the trace cannot be trusted. */
    void gap(String reason);

    /** The program ended and everything recorded stands before this event; a trace without it is incomplete. */
    void end();
}
