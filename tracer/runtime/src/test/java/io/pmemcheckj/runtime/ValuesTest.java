package io.pmemcheckj.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.layout.RingLayout;
import io.pmemcheckj.trace.ring.RingConsumer;
import java.lang.reflect.Proxy;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.internal.misc.Unsafe;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recording with values: replayed in the order of delivery they must give what memory holds, whoever raced for it. */
class ValuesTest {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int SEGMENT = 1 << 16;
    /** Bytes that a race is about: 8 places to start at, and 20 from there. */
    private static final int CONTESTED = 28;

    private static final int RACERS = 2;
    private static final int ROUNDS = 3_000;

    @TempDir
    static Path folder;

    private static RingConsumer consumer;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(SEGMENT);
    private final long address = U.getLong(buffer, U.objectFieldOffset(Buffer.class, "address"));
    private final byte[] image = new byte[SEGMENT];
    private final AtomicInteger go = new AtomicInteger();
    private int values;

    @BeforeAll
    static void connect() throws Exception {
        Path ring = folder.resolve("ring");
        consumer = RingConsumer.create(ring);
        try (FileChannel channel = FileChannel.open(ring, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Start.recordValues();
            Start.connect(
                    channel.map(FileChannel.MapMode.READ_WRITE, 0, RingLayout.FILE_BYTES),
                    null,
                    "site",
                    ProcessHandle.current().pid());
        }
        Start.ready();
    }

    private void apply(long at, int length, long bytes) {
        values++;
        for (int i = 0; i < length; i++) {
            image[(int) (at - address) + i] = (byte) (bytes >>> 8 * i);
        }
    }

    private TraceVisitor replay() {
        return (TraceVisitor) Proxy.newProxyInstance(
                TraceVisitor.class.getClassLoader(),
                new Class<?>[] {TraceVisitor.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("value")) {
                        apply((long) arguments[1], (int) arguments[2], (long) arguments[3]);
                    }
                    return null;
                });
    }

    private void assertImageIsMemory() {
        byte[] memory = new byte[SEGMENT];
        buffer.get(0, memory);
        assertArrayEquals(memory, image);
    }

    @Test
    void storesOfAllSizesCarryTheirBytes() {
        Requests.registerSegment(address, SEGMENT);
        U.putLong(null, address + 8, 0x8877665544332211L);
        Hooks.store(null, address + 8, 3);
        U.putInt(null, address + 32, 0xfefdfcfb);
        Hooks.store(null, address + 32, 2);
        U.putShort(null, address + 45, (short) 0x8001);
        Hooks.store(null, address + 45, 1);
        U.putByte(null, address + 63, (byte) -1);
        Hooks.store(null, address + 63, 0);
        while (consumer.drain(replay()) != 0) {}
        assertEquals(4, values);
        assertImageIsMemory();
    }

    /** A load's run in the midst of stores that carry values. */
    @Test
    void loadsCarryNoValue() {
        Requests.registerSegment(address, SEGMENT);
        for (int i = 0; i < 4; i++) {
            Hooks.load(null, address + 8 * i, 3);
            U.putLong(null, address + 8 * i + 8, 5 + i);
            Hooks.store(null, address + 8 * i + 8, 3);
        }
        Hooks.bulkLoad(null, address, 64);
        while (consumer.drain(replay()) != 0) {}
        assertEquals(4, values);
        assertImageIsMemory();
    }

    @Test
    void aLongCopyIsSplitAndWhole() {
        Requests.registerSegment(address, SEGMENT);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < SEGMENT; i++) {
            buffer.put(i, (byte) random.nextInt());
        }
        Hooks.bulk(null, address + 3, SEGMENT - 7);
        while (consumer.drain(replay()) != 0) {}
        for (int i = 0; i < 3; i++) {
            image[i] = buffer.get(i);
        }
        for (int i = SEGMENT - 4; i < SEGMENT; i++) {
            image[i] = buffer.get(i);
        }
        assertImageIsMemory();
    }

    /** Only the last stores of a race show who won it, so there are many short ones. */
    @Test
    void whoWinsARaceForAByteIsReplayedLast() throws Exception {
        Requests.registerSegment(address, SEGMENT);
        CyclicBarrier line = new CyclicBarrier(RACERS + 1);
        for (int t = 0; t < RACERS; t++) {
            int seed = t;
            new Thread(() -> race(new SplittableRandom(seed), line), "racer " + t).start();
        }
        TraceVisitor replay = replay();
        for (int round = 0; round < ROUNDS; round++) {
            line.await();
            line.await();
            while (consumer.drain(replay) != 0) {}
            for (int i = 0; i < CONTESTED; i++) {
                assertEquals(buffer.get(i), image[i]);
            }
        }
    }

    private void race(SplittableRandom random, CyclicBarrier line) {
        try {
            for (int round = 0; round < ROUNDS; round++) {
                line.await();
                go.getAndIncrement();
                while (go.get() < RACERS * (round + 1)) {
                    Thread.onSpinWait();
                }
                race(random);
                line.await();
            }
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private void race(SplittableRandom random) {
        for (int i = 0; i < 3; i++) {
            long at = address + random.nextInt(CONTESTED - 20);
            int log2 = random.nextInt(5);
            switch (log2) {
                case 0 -> U.putByte(null, at, (byte) random.nextInt());
                case 1 -> U.putShort(null, at, (short) random.nextInt());
                case 2 -> U.putInt(null, at, random.nextInt());
                case 3 -> U.putLong(null, at, random.nextLong());
                default -> {
                    U.setMemory(at, 20, (byte) random.nextInt());
                    Hooks.bulk(null, at, 20);
                    continue;
                }
            }
            Hooks.store(null, at, log2);
        }
    }
}
