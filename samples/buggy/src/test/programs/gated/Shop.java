import io.pmemcheckj.api.PmemCheck;
import io.pmemcheckj.api.SuppressPmem;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** Threads with faults of many kinds, in an order that the argument shuffles; several faults of one kind look alike. */
public final class Shop {
    private static final int SLOT = 4096; // a page of its own for each, as a force writes whole pages back

    private final MappedByteBuffer shelf;

    private Shop(MappedByteBuffer shelf) {
        this.shelf = shelf;
    }

    public static void main(String[] args) throws Exception {
        try (FileChannel file = FileChannel.open(
                Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Shop shop = new Shop(file.map(FileChannel.MapMode.READ_WRITE, 0, 1 << 20));
            shop.open(new Random(Long.parseLong(args[1])));
        }
    }

    private void open(Random random) throws InterruptedException {
        List<Runnable> work = new ArrayList<>(List.of(
                () -> sell(0), () -> sell(1), () -> sell(2), this::count, this::inLambdas, new Till()::ring, this::twice, this::moves, this::moves,
                this::remembers, () -> shelf.putLong(40 * SLOT, 1), () -> shelf.putLong(41 * SLOT, 1)));
        Collections.shuffle(work, random);
        // one after the other in half of the runs, all at once in the others
        boolean together = random.nextBoolean();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (Runnable each : work) {
            Thread thread = new Thread(() -> {
                await(start);
                each.run();
            });
            threads.add(thread);
            thread.start();
            if (!together) {
                start.countDown();
                thread.join();
            }
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void sell(int number) {
        int slot = (1 + number) * SLOT;
        shelf.putLong(slot, number);
        shelf.putInt(slot + 64, number); // looks like the one above
    }

    private void count() {
        int slot = 8 * SLOT;
        shelf.putLong(slot, 1);
        shelf.force(slot, 8);
        shelf.force(slot, 8);
        shelf.putLong(slot + 8, 2);
    }

    private void inLambdas() {
        int slot = 9 * SLOT;
        Runnable first = () -> shelf.putLong(slot, 1);
        Runnable second = () -> shelf.putLong(slot + 100, 2);
        first.run();
        second.run();
    }

    private final class Till {
        void ring() {
            int slot = 12 * SLOT;
            PmemCheck.startTransaction();
            shelf.putLong(slot, 1);
            PmemCheck.endTransaction();
            ByteBuffer duplicate = shelf.duplicate();
            duplicate.putLong(slot + 128, 7);
        }
    }

    /** The same range in two transactions of two threads. */
    private synchronized void twice() {
        int slot = 14 * SLOT;
        PmemCheck.startTransaction(1);
        PmemCheck.addToTransaction(1, shelf, slot, 8);
        PmemCheck.addToTransaction(1, shelf, slot, 8);
        shelf.putLong(slot, 3);
        shelf.force(slot, 8);
        PmemCheck.endTransaction(1);
    }

    /** Two threads do this; which of them is first is open. */
    private void moves() {
        int slot = 16 * SLOT;
        synchronized (this) {
            shelf.putLong(slot, shelf.getLong(slot) + 1);
        }
        shelf.putInt(slot + 64, 1);
    }

    @SuppressPmem(rule = "unflushed-store", reason = "a cache, filled anew at each start")
    private void remembers() {
        int slot = 18 * SLOT;
        shelf.putLong(slot, 1);
        Runnable also = () -> shelf.putLong(slot + 8, 1);
        also.run();
    }
}
