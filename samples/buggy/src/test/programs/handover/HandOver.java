import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.ArrayList;
import java.util.List;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/**
 * One thread stores to a mapped file, another is told and reads it, in each way that Java has to tell. With {@code late} it
 * is told before the bytes are forced. Prints how many ways there are.
 */
public final class HandOver {
    private interface Step {
        void run() throws Exception;
    }

    /** Fields of another class than the one that uses them. */
    private static class Flags {
        volatile boolean ready;
        static volatile boolean all;
        volatile int updated;
        int handled;
    }

    private static final class MoreFlags extends Flags {}

    private static final VarHandle HANDLED;
    private static final AtomicIntegerFieldUpdater<Flags> UPDATED =
            AtomicIntegerFieldUpdater.newUpdater(Flags.class, "updated");
    private static volatile boolean own;

    static {
        try {
            HANDLED = MethodHandles.lookup().findVarHandle(Flags.class, "handled", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static MappedByteBuffer data;
    private static boolean late;
    private static int ways;

    private static void way(Step give, Step take) throws Exception {
        int at = 4096 + 64 * ways++;
        Thread taker = new Thread(() -> quietly(() -> {
            take.run();
            read(at);
        }));
        Thread giver = new Thread(() -> quietly(() -> {
            store(at);
            give.run();
            if (late) {
                data.force(at, 8);
            }
        }));
        taker.start();
        giver.start();
        giver.join();
        taker.join();
    }

    private static void store(int at) {
        data.putLong(at, at);
        if (!late) {
            data.force(at, 8);
        }
    }

    private static void read(int at) {
        if (data.getLong(at) != at) {
            throw new IllegalStateException("not handed over");
        }
    }

    private static void quietly(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    public static void main(String[] arguments) throws Exception {
        late = arguments[1].equals("late");
        try (FileChannel channel = FileChannel.open(
                Path.of(arguments[0]),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            data = channel.map(FileChannel.MapMode.READ_WRITE, 0, 16384);
            Thread other = new Thread(() -> data.getLong(0)); // from here on the file is shared
            other.start();
            other.join();
            variables();
            atomics();
            collections();
            synchronizers();
            locks();
            tasks();
            data.force();
        }
        System.out.println(ways + " ways");
    }

    private static void variables() throws Exception {
        way(() -> own = true, () -> until(() -> own));
        Flags flags = new Flags();
        way(() -> flags.ready = true, () -> until(() -> flags.ready));
        MoreFlags more = new MoreFlags();
        way(() -> more.ready = true, () -> until(() -> more.ready));
        way(() -> Flags.all = true, () -> until(() -> Flags.all));
        way(() -> HANDLED.setRelease(flags, 1), () -> until(() -> (int) HANDLED.getAcquire(flags) == 1));
        way(() -> HANDLED.getAndAdd(flags, 1), () -> until(() -> HANDLED.compareAndSet(flags, 2, 3)));
        Vector<Integer> plain = new Vector<>();
        way(() -> plain.add(1), () -> until(() -> !plain.isEmpty()));
    }

    private static void atomics() throws Exception {
        AtomicInteger integer = new AtomicInteger();
        way(integer::incrementAndGet, () -> until(() -> integer.get() == 1));
        AtomicBoolean bool = new AtomicBoolean();
        way(() -> bool.compareAndSet(false, true), () -> until(() -> bool.getAcquire()));
        AtomicReference<String> reference = new AtomicReference<>();
        way(() -> reference.lazySet("x"), () -> until(() -> reference.getAndSet(null) != null));
        Flags flags = new Flags();
        way(() -> UPDATED.incrementAndGet(flags), () -> until(() -> UPDATED.get(flags) == 1));
        LongAdder adder = new LongAdder();
        way(adder::increment, () -> until(() -> adder.sum() == 1));
    }

    private static void collections() throws Exception {
        for (BlockingQueue<Integer> queue : List.of(
                new ArrayBlockingQueue<Integer>(1),
                new LinkedBlockingQueue<Integer>(),
                new LinkedTransferQueue<Integer>(),
                new SynchronousQueue<Integer>())) {
            way(() -> queue.put(1), queue::take);
        }
        ConcurrentLinkedQueue<Integer> linked = new ConcurrentLinkedQueue<>();
        way(() -> linked.add(1), () -> until(() -> linked.poll() != null));
        ConcurrentHashMap<Integer, Integer> map = new ConcurrentHashMap<>();
        way(() -> map.put(1, 1), () -> until(() -> map.get(1) != null));
        ConcurrentSkipListMap<Integer, Integer> skips = new ConcurrentSkipListMap<>();
        way(() -> skips.put(1, 1), () -> until(() -> skips.get(1) != null));
        List<Integer> list = Collections.synchronizedList(new ArrayList<>());
        way(() -> list.add(1), () -> until(() -> !list.isEmpty()));
        PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out);
        way(
                () -> {
                    out.write(1);
                    out.flush();
                },
                () -> read(in));
    }

    private static void read(PipedInputStream in) throws IOException {
        if (in.read() != 1) {
            throw new IOException("the pipe broke");
        }
    }

    private static void synchronizers() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        way(latch::countDown, latch::await);
        Semaphore semaphore = new Semaphore(0);
        way(semaphore::release, semaphore::acquire);
        Exchanger<Integer> exchanger = new Exchanger<>();
        way(() -> exchanger.exchange(1), () -> exchanger.exchange(2));
        CyclicBarrier barrier = new CyclicBarrier(2);
        way(barrier::await, barrier::await);
        Phaser phaser = new Phaser(2);
        way(phaser::arriveAndAwaitAdvance, phaser::arriveAndAwaitAdvance);
    }

    private static void locks() throws Exception {
        Object monitor = new Object();
        boolean[] done = new boolean[6];
        way(
                () -> {
                    synchronized (monitor) {
                        done[0] = true;
                        monitor.notifyAll();
                    }
                },
                () -> {
                    synchronized (monitor) {
                        while (!done[0]) {
                            monitor.wait();
                        }
                    }
                });
        way(() -> give(), () -> until(HandOver::given));
        way( // the monitor of the buffer that is stored to
                () -> {
                    synchronized (data) {
                        done[4] = true;
                    }
                },
                () -> until(() -> {
                    synchronized (data) {
                        return done[4];
                    }
                }));
        ReentrantLock lock = new ReentrantLock();
        Condition condition = lock.newCondition();
        way(
                () -> {
                    lock.lock();
                    try {
                        done[1] = true;
                        condition.signal();
                    } finally {
                        lock.unlock();
                    }
                },
                () -> {
                    lock.lock();
                    try {
                        while (!done[1]) {
                            condition.await();
                        }
                    } finally {
                        lock.unlock();
                    }
                });
        ReentrantReadWriteLock both = new ReentrantReadWriteLock();
        way(
                () -> {
                    both.writeLock().lock();
                    done[2] = true;
                    both.writeLock().unlock();
                },
                () -> until(() -> {
                    both.readLock().lock();
                    try {
                        return done[2];
                    } finally {
                        both.readLock().unlock();
                    }
                }));
        StampedLock stamped = new StampedLock();
        way(
                () -> {
                    long stamp = stamped.writeLock();
                    done[3] = true;
                    stamped.unlockWrite(stamp);
                },
                () -> until(() -> {
                    long stamp = stamped.readLock();
                    try {
                        return done[3];
                    } finally {
                        stamped.unlockRead(stamp);
                    }
                }));
    }

    private static boolean given;

    private static synchronized void give() {
        given = true;
    }

    private static synchronized boolean given() {
        return given;
    }

    private static void tasks() throws Exception {
        CompletableFuture<Integer> future = new CompletableFuture<>();
        way(() -> future.complete(1), future::get);
        CompletableFuture<Integer> chained = new CompletableFuture<>();
        CompletableFuture<Integer> last = chained.thenApplyAsync(x -> x + 1).thenApply(x -> x + 1);
        way(() -> chained.complete(1), last::join);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch finished = new CountDownLatch(1);
        way(() -> pool.submit(finished::countDown), finished::await);
        CompletableFuture<Void> forked = new CompletableFuture<>();
        way(() -> ForkJoinPool.commonPool().execute(() -> forked.complete(null)), forked::join);
        never.countDown();
        pool.shutdown();
        Thread[] joined = new Thread[1];
        CountDownLatch started = new CountDownLatch(1);
        way(
                () -> {
                    joined[0] = new Thread(() -> {});
                    joined[0].start();
                    started.countDown();
                },
                () -> {
                    started.await();
                    joined[0].join();
                });
    }
}
