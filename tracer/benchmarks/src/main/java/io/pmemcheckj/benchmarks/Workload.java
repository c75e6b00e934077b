package io.pmemcheckj.benchmarks;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import jdk.nio.mapmode.ExtendedMapMode;

/**
 * One measured loop in a JVM of its own: {@code Workload NAME FOLDER} prints nanoseconds an operation, the median of
 * several rounds after a warm-up.
 */
public final class Workload {
    private static final int ROUNDS = 9;
    private static final int WARM_UP = 6;
    private static final int SIZE = 64 << 20;
    private static final int RECORD = 64;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** What was loaded goes here, so that loading it cannot be left out. */
    private static long loaded;

    private Workload() {}

    /** The loops. */
    enum Kind {
        /** Eight bytes at a random place; a burst that the ring holds, then a pause: the cost to the program alone. */
        RANDOM_STORE(100_000, 300),
        SEQUENTIAL_STORE(100_000, 50),
        /** The same without pauses: the program waits when the replay cannot keep up. */
        RANDOM_STORE_SUSTAINED(4_000_000, 0, true),
        SEQUENTIAL_STORE_SUSTAINED(8_000_000, 0, true),
        /** A 64-byte record of eight stores, then written back. */
        RECORD_WRITE_BACK(10_000, 100),
        HEAP_STORE(2_000_000, 0),
        DIRECT_STORE(2_000_000, 0),
        RANDOM_LOAD(100_000, 300),
        SEQUENTIAL_LOAD(100_000, 50),
        RANDOM_LOAD_SUSTAINED(4_000_000, 0, true),
        HEAP_LOAD(2_000_000, 0),
        /** A ReentrantLock taken and given back, in a program that has a mapped file, too. */
        LOCK(100_000, 50);

        final int operations;
        /** Long enough for the replay of a burst, which a ring of its size then holds again. */
        final int pauseMillis;

        /** Without pauses, and with the wait for the replay in the figure. */
        final boolean sustained;

        Kind(int operations, int pauseMillis) {
            this(operations, pauseMillis, false);
        }

        Kind(int operations, int pauseMillis, boolean sustained) {
            this.sustained = sustained;
            this.operations = operations;
            this.pauseMillis = pauseMillis;
        }
    }

    /** Something that does a number of operations. */
    private interface Loop {
        void run(int operations) throws Throwable;
    }

    public static void main(String[] args) throws Throwable {
        Kind kind = Kind.valueOf(args[0]);
        Path file = Files.createTempFile(Path.of(args[1]), "benchmark", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            System.out.println(median(kind, loop(kind, channel)));
        } finally {
            Files.delete(file);
        }
    }

    private static Loop loop(Kind kind, FileChannel channel) throws Throwable {
        return switch (kind) {
            case RANDOM_STORE, RANDOM_STORE_SUSTAINED -> {
                ByteBuffer buffer = touched(channel.map(MapMode.READ_WRITE, 0, SIZE));
                yield operations -> random(buffer, operations);
            }
            case SEQUENTIAL_STORE, SEQUENTIAL_STORE_SUSTAINED -> {
                ByteBuffer buffer = touched(channel.map(MapMode.READ_WRITE, 0, SIZE));
                yield operations -> sequential(buffer, operations);
            }
            case RECORD_WRITE_BACK -> recordLoop(channel);
            case HEAP_STORE -> {
                ByteBuffer buffer = touched(ByteBuffer.allocate(SIZE));
                yield operations -> random(buffer, operations);
            }
            case RANDOM_LOAD, RANDOM_LOAD_SUSTAINED -> {
                ByteBuffer buffer = touched(channel.map(MapMode.READ_WRITE, 0, SIZE));
                yield operations -> randomLoads(buffer, operations);
            }
            case SEQUENTIAL_LOAD -> {
                ByteBuffer buffer = touched(channel.map(MapMode.READ_WRITE, 0, SIZE));
                yield operations -> sequentialLoads(buffer, operations);
            }
            case HEAP_LOAD -> {
                ByteBuffer buffer = touched(ByteBuffer.allocate(SIZE));
                yield operations -> randomLoads(buffer, operations);
            }
            case LOCK -> {
                touched(channel.map(MapMode.READ_WRITE, 0, SIZE));
                ReentrantLock lock = new ReentrantLock();
                yield operations -> locks(lock, operations);
            }
            case DIRECT_STORE -> {
                ByteBuffer buffer = touched(ByteBuffer.allocateDirect(SIZE));
                yield operations -> random(buffer, operations);
            }
        };
    }

    /** Every page present, so that page faults are no part of what is measured. */
    private static ByteBuffer touched(ByteBuffer buffer) {
        for (int page = 0; page < buffer.capacity(); page += 4096) {
            buffer.put(page, (byte) 1);
        }
        return buffer;
    }

    private static void random(ByteBuffer buffer, int operations) {
        long state = 0x9E3779B97F4A7C15L;
        for (int i = 0; i < operations; i++) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            buffer.putLong((int) state & SIZE - 8, state);
        }
    }

    private static void sequential(ByteBuffer buffer, int operations) {
        for (int i = 0; i < operations; i++) {
            buffer.putLong(i << 3 & SIZE - 8, i);
        }
    }

    private static void randomLoads(ByteBuffer buffer, int operations) {
        long state = 0x9E3779B97F4A7C15L;
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            sum += buffer.getLong((int) state & SIZE - 8);
        }
        loaded += sum;
    }

    private static void sequentialLoads(ByteBuffer buffer, int operations) {
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            sum += buffer.getLong(i << 3 & SIZE - 8);
        }
        loaded += sum;
    }

    private static void locks(ReentrantLock lock, int operations) {
        for (int i = 0; i < operations; i++) {
            lock.lock();
            loaded++;
            lock.unlock();
        }
    }

    /**
     * Traced, an emulated SYNC mapping; untraced, an ordinary mapping and the same write-back instruction called
     * directly, because without DAX there is no SYNC mapping to compare with.
     */
    private static Loop recordLoop(FileChannel channel) throws Throwable {
        MappedByteBuffer sync;
        try {
            sync = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 1 << 20);
        } catch (IOException | UnsupportedOperationException e) {
            MappedByteBuffer plain = channel.map(MapMode.READ_WRITE, 0, 1 << 20);
            MethodHandle writeBack = writeBack();
            long address = address(plain);
            return operations -> {
                for (int i = 0; i < operations; i++) {
                    int start = i * RECORD & (1 << 20) - RECORD;
                    fill(plain, start);
                    writeBack.invokeExact(address + start, (long) RECORD);
                }
            };
        }
        return operations -> {
            for (int i = 0; i < operations; i++) {
                int start = i * RECORD & (1 << 20) - RECORD;
                fill(sync, start);
                sync.force(start, RECORD);
            }
        };
    }

    private static void fill(ByteBuffer buffer, int start) {
        for (int offset = 0; offset < RECORD; offset += 8) {
            buffer.putLong(start + offset, start);
        }
    }

    private static MethodHandle writeBack() throws ReflectiveOperationException {
        Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe");
        Object instance = unsafe.getMethod("getUnsafe").invoke(null);
        return MethodHandles.lookup()
                .findVirtual(unsafe, "writebackMemory", MethodType.methodType(void.class, long.class, long.class))
                .bindTo(instance);
    }

    private static long address(ByteBuffer buffer) throws ReflectiveOperationException {
        Class<?> directBuffer = Class.forName("sun.nio.ch.DirectBuffer");
        return (long) directBuffer.getMethod("address").invoke(buffer);
    }

    private static double median(Kind kind, Loop loop) throws Throwable {
        for (int i = 0; i < WARM_UP; i++) {
            loop.run(kind.operations);
            pause(kind);
        }
        double[] rounds = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            pause(kind);
            long start = now(kind);
            loop.run(kind.operations);
            rounds[i] = (now(kind) - start) / (double) kind.operations;
        }
        Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }

    /**
     * Processor time of the thread, which other load on the machine does not lengthen; wall-clock time where waiting for
     * the replay is what is measured.
     */
    private static long now(Kind kind) {
        return kind.sustained ? System.nanoTime() : THREADS.getCurrentThreadCpuTime();
    }

    private static void pause(Kind kind) throws InterruptedException {
        if (kind.pauseMillis > 0) {
            Thread.sleep(kind.pauseMillis);
        }
    }
}
