import com.intel.pmem.llpl.Heap;
import com.intel.pmem.llpl.MemoryBlock;
import com.intel.pmem.llpl.MemoryPool;
import com.intel.pmem.llpl.PersistentHeap;
import com.intel.pmem.llpl.PersistentMemoryBlock;
import com.intel.pmem.llpl.Range;
import com.intel.pmem.llpl.Transaction;
import com.intel.pmem.llpl.TransactionalHeap;
import com.intel.pmem.llpl.TransactionalMemoryBlock;

/**
 * LLPL, used as it is meant to be and then with one mistake of each kind.
 *
 * <p>Arguments: folder, {@code correct} or {@code buggy}.
 */
public final class LlplBank {
    private static final long SIZE = 16L << 20;

    private LlplBank() {}

    public static void main(String[] args) {
        Heap heap = Heap.createHeap(args[0] + "/raw", SIZE);
        MemoryBlock block = heap.allocateMemoryBlock(512, false);
        correct(heap, block);
        if (args[1].equals("buggy")) {
            buggy(heap, block);
        }
        System.out.println(persistent(args[0]) + " " + transactional(args[0]) + " " + pool(args[0]));
    }

    private static void correct(Heap heap, MemoryBlock block) {
        block.setLong(0, 1);
        block.setInt(8, 2);
        block.flush(0, 12);
        block.withRange(64, 64, (Range range) -> {
            range.setMemory((byte) 3, 64, 64);
        });
        block.flush(64, 64);
        Transaction.create(heap, () -> {
            block.addToTransaction(128, 16);
            block.setLong(128, 4);
            Transaction.create(heap, () -> block.setLong(136, 5)); // nested
            MemoryBlock fresh = heap.allocateMemoryBlock(64, true); // new in this transaction: needs no logging
            fresh.setMemory((byte) 6, 0, 64);
            fresh.free(true);
        });
        block.setLong(128, 7); // later, outside: by hand
        block.flush(128, 8);
        try {
            Transaction.create(heap, () -> {
                block.addToTransaction(192, 8);
                block.setLong(192, 8);
                throw new IllegalStateException("undone");
            });
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage() + " " + block.getLong(192));
        }
        MemoryBlock dropped = heap.allocateMemoryBlock(64, false);
        dropped.setLong(0, 9); // never flushed, and freed
        dropped.free(false);
        heap.setRoot(block.handle());
    }

    private static void buggy(Heap heap, MemoryBlock block) {
        block.setLong(256, 1); // finds: unflushed-store bytes=8
        Transaction.create(heap, () -> {
            block.setLong(264, 2); // finds: unlogged-store bytes=8
        });
        Transaction.create(heap, () -> {
            block.addToTransaction(272, 8);
            block.addToTransaction(320, 8); // finds: redundant-logging bytes=8
            block.setLong(272, 3);
        });
        block.setLong(272, 4); // finds: store-outside-transaction bytes=8
        try {
            Transaction.create(heap, () -> {
                block.addToTransaction(384, 8);
                block.setLong(384, 5);
                block.setLong(392, 6); // finds: unlogged-store bytes=8
                throw new IllegalStateException("half undone");
            });
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage() + " " + block.getLong(384) + " " + block.getLong(392));
        }
        heap.allocateMemoryBlock(64, true, range -> range.setLong(0, 7)); // finds: unflushed-store bytes=8
    }

    private static long persistent(String folder) {
        PersistentHeap heap = PersistentHeap.createHeap(folder + "/persistent", SIZE);
        PersistentMemoryBlock block = heap.allocateMemoryBlock(256);
        block.setLong(0, 1);
        block.setMemory((byte) 2, 64, 64);
        return block.getLong(0) + block.getByte(64);
    }

    private static long transactional(String folder) {
        TransactionalHeap heap = TransactionalHeap.createHeap(folder + "/transactional", SIZE);
        TransactionalMemoryBlock block = heap.allocateMemoryBlock(256);
        block.setLong(0, 1);
        Transaction.create(heap, () -> {
            block.setLong(8, 2);
            block.setLong(8, 3); // added again by the library itself
        });
        return block.getLong(0) + block.getLong(8);
    }

    private static long pool(String folder) {
        MemoryPool pool = MemoryPool.createPool(folder + "/pool", 1 << 20);
        pool.setLong(0, 1);
        pool.flush(0, 8);
        pool.setMemoryNT((byte) 2, 4096, 8192);
        pool.copyFromByteArrayNT(new byte[256], 0, 16384, 256);
        pool.copyFromPoolNT(4096, 32768, 4096);
        return pool.getLong(0) + pool.getByte(4096);
    }
}
