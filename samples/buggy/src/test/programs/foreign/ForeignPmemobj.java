import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Transactions of libpmemobj; PMEM_IS_PMEM_FORCE=1 makes it take any file for persistent memory.
 *
 * <p>Arguments: folder, how often to do it all.
 */
public final class ForeignPmemobj {
    private ForeignPmemobj() {}

    public static void main(String[] args) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            int rounds = Integer.parseInt(args[1]);
            String path = args[0] + "/objects" + rounds;
            Files.deleteIfExists(Path.of(path));
            Pmemobj pool = Pmemobj.create(arena, path);
            MemorySegment root = Pmemobj.direct(pool.root(4096), 4096);
            for (int i = 1; i <= rounds; i++) {
                correct(pool, pool.root(4096), root, i);
                buggy(pool, root, i);
            }
            long sum = root.get(JAVA_LONG, 0) + root.get(JAVA_LONG, 64) + root.get(JAVA_LONG, 128);
            pool.close();
            Pmemobj again = Pmemobj.open(arena, path);
            long first = Pmemobj.direct(again.root(4096), 4096).get(JAVA_LONG, 0);
            again.close();
            System.out.println("sum " + sum + ", first " + first);
        }
    }

    private static void correct(Pmemobj pool, MemorySegment rootId, MemorySegment root, long value) throws Throwable {
        // stored and persisted by hand
        root.set(JAVA_LONG, 256, value);
        pool.persist(root.asSlice(256, 8));
        MemorySegment source = pool.arena.allocate(32);
        pool.copyAndPersist(root.asSlice(320, 32), source);

        // a transaction: logged by object and offset, and by address; nested, and committed with the outer one
        pool.begin();
        Pmemobj.add(rootId, 0, 8);
        root.set(JAVA_LONG, 0, value);
        pool.begin();
        Pmemobj.addDirect(root.asSlice(64, 8));
        root.set(JAVA_LONG, 64, value);
        Pmemobj.commit();
        Pmemobj.commit();

        // an object's id may be on the heap
        pool.begin();
        Pmemobj.add(MemorySegment.ofArray(rootId.toArray(JAVA_LONG)), 128, 8);
        root.set(JAVA_LONG, 128, value);
        Pmemobj.commit();

        // a new object needs no logging
        pool.begin();
        MemorySegment fresh = pool.txAllocate(128);
        Pmemobj.direct(fresh, 128).fill((byte) value);
        Pmemobj.commit();
        pool.begin();
        Pmemobj.txFree(fresh);
        Pmemobj.commit();

        // what an abort undoes needs no flush
        pool.begin();
        Pmemobj.addDirect(root.asSlice(512, 8));
        root.set(JAVA_LONG, 512, -1);
        Pmemobj.direct(pool.txAllocate(64), 64).fill((byte) 1);
        Pmemobj.abort();
        Native.check(root.get(JAVA_LONG, 512) == 0, "not rolled back");

        // nor what was freed
        MemorySegment block = pool.allocate(64);
        Pmemobj.direct(block, 64).fill((byte) 2);
        pool.free(block);
    }

    private static void buggy(Pmemobj pool, MemorySegment root, long value) throws Throwable {
        root.set(JAVA_LONG, 1024, value); // finds: unflushed-store bytes=8

        pool.begin();
        root.set(JAVA_LONG, 1088, value); // finds: unlogged-store bytes=8
        Pmemobj.commit();

        pool.begin();
        int error = (int) Pmemobj.TX_ADD_DIRECT.invokeExact(root.asSlice(1152, 8), 8L); // finds: redundant-logging bytes=8
        Native.check(error == 0, error);
        Pmemobj.commit();

        pool.begin();
        Pmemobj.addDirect(root.asSlice(1216, 8));
        root.set(JAVA_LONG, 1216, value);
        Pmemobj.commit();
        root.set(JAVA_LONG, 1216, value + 1); // finds: store-outside-transaction bytes=8

        pool.begin();
        Pmemobj.addDirect(root.asSlice(1280, 8));
        root.set(JAVA_LONG, 1280, value);
        root.set(JAVA_LONG, 1344, value); // finds: unlogged-store bytes=8
        Pmemobj.abort();
    }
}
