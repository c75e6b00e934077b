package io.pmemcheckj.runtime;

import static io.pmemcheckj.runtime.Recording.drain;
import static io.pmemcheckj.runtime.Recording.events;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The runtime and the ring's consumer together, in one JVM and without weaving: hooks are called by hand. */
class RecordingTest {
    private static final int LONG = 3; // log2 of the size
    private static final int SEGMENT = Recording.SEGMENT;

    private static long thread() {
        return Thread.currentThread().getId();
    }

    @Test
    void adjacentStoresOfOneSiteFoldIntoOneEvent() {
        Recording.Segment segment = new Recording.Segment();
        int site = Start.registerSites("Some", "Some.java", new String[] {"a", "b"}, new int[] {1, 2}, null);
        Hooks.mark(site);
        for (int i = 0; i < 100; i++) {
            Hooks.store(null, segment.address + 8 * i, LONG);
        }
        Hooks.mark(site + 1);
        Hooks.store(null, segment.address + 800, LONG);
        List<String> lines = drain();
        String base = "store " + thread() + " ";
        assertTrue(
                lines.contains(base + "Some.a(Some.java:1) 0x" + Long.toHexString(segment.address) + " 8 x100"),
                lines::toString);
        assertTrue(
                lines.contains(base + "Some.b(Some.java:2) 0x" + Long.toHexString(segment.address + 800) + " 8"),
                lines::toString);
    }

    @Test
    void aFoldThatGrowsWhileItIsReadIsDeliveredInParts() {
        Recording.Segment segment = new Recording.Segment();
        int site = Start.registerSites("Parts", "Parts.java", new String[] {"a"}, new int[] {1}, null);
        Hooks.mark(site);
        Hooks.store(null, segment.address, LONG);
        List<String> lines = new ArrayList<>(drain());
        Hooks.store(null, segment.address + 8, LONG);
        Hooks.store(null, segment.address + 16, LONG);
        lines.addAll(drain());
        String at = "store " + thread() + " Parts.a(Parts.java:1) 0x";
        assertTrue(lines.contains(at + Long.toHexString(segment.address) + " 8"), lines::toString);
        assertTrue(lines.contains(at + Long.toHexString(segment.address + 8) + " 8 x2"), lines::toString);
    }

    @Test
    void theMonitorOfAMappedBufferIsALockAsAnyOther() throws Exception {
        Path file = Files.createTempFile("monitor", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer buffer = channel.map(FileChannel.MapMode.READ_WRITE, 0, 4096);
            Requests.registerSegment(Recording.address(buffer), 4096);
            Hooks.store(buffer, Recording.address(buffer), LONG);
            drain();
            HandOffs.release(buffer); // an access by a VarHandle: what is stored synchronizes by itself
            assertEquals(List.of(), events(drain()));
            HandOffs.releaseMonitor(buffer);
            HandOffs.acquireMonitor(buffer);
            List<String> events = events(drain());
            assertTrue(events.get(0).startsWith("release " + thread()), events::toString);
            Requests.removeSegment(Recording.address(buffer), 4096);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void storesOutsideSegmentsAreNotRecorded() {
        Recording.Segment segment = new Recording.Segment();
        ByteBuffer other = ByteBuffer.allocateDirect(1 << 22);
        drain();
        Hooks.store(null, segment.address - 8, LONG);
        Hooks.store(null, segment.address + SEGMENT, LONG);
        Hooks.store(other, 16, LONG);
        Requests.removeSegment(segment.address, SEGMENT);
        drain();
        Hooks.store(null, segment.address, LONG);
        assertEquals(List.of(), events(drain()));
    }

    @Test
    void aSegmentThatBeginsWithinAnotherIsTrackedToItsEnd() {
        Recording.Segment segment = new Recording.Segment();
        Requests.removeSegment(segment.address, SEGMENT);
        Requests.registerSegment(segment.address, 64);
        Requests.registerSegment(segment.address + 32, 96);
        drain();
        Hooks.store(null, segment.address + 120, LONG);
        assertEquals(1, events(drain()).size());
    }

    @Test
    void aFlushComesAfterTheStoresItCoversAndBeforeThoseItDoesNot() throws Exception {
        Recording.Segment segment = new Recording.Segment();
        drain();
        // The stores of another thread, handed over before and after the flush of this one.
        SynchronousQueue<String> hand = new SynchronousQueue<>();
        Thread other = new Thread(() -> {
            try {
                Hooks.store(null, segment.address, LONG);
                hand.put("stored");
                hand.take();
                Hooks.store(null, segment.address + 64, LONG);
                hand.put("stored");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        other.start();
        hand.take();
        Requests.flush(segment.address, 64);
        Requests.fence();
        hand.put("flushed");
        hand.take();
        other.join();
        List<String> events = events(drain());
        String address = "0x" + Long.toHexString(segment.address);
        String after = "0x" + Long.toHexString(segment.address + 64);
        assertEquals(
                List.of(
                        "store " + other.getId() + " " + address + " 8",
                        "flush " + thread() + " " + address + " 64",
                        "fence " + thread(),
                        "store " + other.getId() + " " + after + " 8"),
                events);
    }

    @Test
    void manyThreadsLoseNothingAndKeepTheirOwnOrder() throws Exception {
        int threads = 8;
        int stores = 30_000;
        Recording.Segment segment = new Recording.Segment();
        drain();
        Pattern store = Pattern.compile("store (\\d+) \\S+ 0x(\\w+) 8( x(\\d+))?");
        Map<Integer, List<Long>> expected = new HashMap<>();
        CountDownLatch running = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            Random random = new Random(t);
            long[] addresses = new long[stores];
            for (int i = 0; i < stores; i++) {
                addresses[i] = segment.address + 8L * random.nextInt(SEGMENT / 8);
            }
            int site = Start.registerSites("Many" + t, "Many.java", new String[] {"run"}, new int[] {t + 1}, null);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < stores; i++) {
                    Hooks.mark(site);
                    Hooks.store(null, addresses[i], LONG);
                    if (i % 1000 == 0) {
                        Requests.fence();
                    }
                }
                running.countDown();
            });
            List<Long> list = new ArrayList<>();
            for (long address : addresses) {
                list.add(address);
            }
            expected.put((int) thread.getId(), list);
            thread.start();
        }
        Map<Integer, List<Long>> delivered = new HashMap<>();
        boolean more = true;
        while (more) {
            more = running.getCount() > 0;
            for (String line : drain()) {
                Matcher matcher = store.matcher(line);
                if (matcher.matches()) {
                    int count = matcher.group(4) == null ? 1 : Integer.parseInt(matcher.group(4));
                    for (int i = 0; i < count; i++) {
                        delivered
                                .computeIfAbsent(Integer.parseInt(matcher.group(1)), id -> new ArrayList<>())
                                .add(Long.parseUnsignedLong(matcher.group(2), 16) + 8L * i);
                    }
                }
            }
        }
        assertEquals(expected.keySet(), delivered.keySet());
        for (Map.Entry<Integer, List<Long>> thread : expected.entrySet()) {
            List<Long> its = delivered.get(thread.getKey());
            int same = 0;
            while (same < its.size() && its.get(same).equals(thread.getValue().get(same))) {
                same++;
            }
            assertEquals(stores, same, "stores in order, of " + its.size());
        }
    }

    @Test
    void aDeadThreadsRecorderIsUsedAgain() throws Exception {
        Recording.Segment segment = new Recording.Segment();
        for (int i = 0; i < 3_000; i++) {
            Thread thread = new Thread(() -> Hooks.store(null, segment.address, LONG), "short-" + i);
            thread.start();
            thread.join();
        }
        List<String> lines = drain();
        assertTrue(lines.stream().anyMatch(line -> line.endsWith("\"short-2999\"")), "the last thread is named");
        long owned = java.util.Arrays.stream(Recorders.TABLE)
                .filter(recorder -> recorder.owner != null)
                .distinct()
                .count();
        assertTrue(owned < 100, () -> owned + " recorders for threads that are dead");
    }

    @Test
    void aFoldThatGrowsWhileItIsReadIsNeverCutShort() throws Exception {
        Recording.Segment segment = new Recording.Segment();
        int site = Start.registerSites("Fold", "Fold.java", new String[] {"a"}, new int[] {1}, null);
        int stores = 300_000;
        Thread thread = new Thread(() -> {
            Hooks.mark(site);
            for (int i = 0; i < stores; i++) {
                Hooks.store(null, segment.address + 8 * (i % 3) + 64 * (i / 3 % 2), LONG);
            }
        });
        thread.start();
        long seen = 0;
        while (thread.isAlive()) {
            seen += storesOf(thread, drain());
        }
        seen += storesOf(thread, drain());
        assertEquals(stores, seen);
    }

    private static long storesOf(Thread thread, List<String> lines) {
        long stores = 0;
        for (String line : lines) {
            if (line.startsWith("store " + thread.getId() + " ")) {
                int times = line.lastIndexOf(" x");
                stores += times < 0 ? 1 : Integer.parseInt(line.substring(times + 2));
            }
        }
        return stores;
    }

    @Test
    void aStoreIsSeenWhileASegmentBesideItGoes() throws Exception {
        Recording.Segment segment = new Recording.Segment();
        long own = segment.address + SEGMENT / 2;
        Requests.removeSegment(segment.address, SEGMENT / 2);
        int stores = 100_000;
        Thread thread = new Thread(() -> {
            for (int i = 0; i < stores; i++) {
                Hooks.store(null, own + 16 * (i & 1023), LONG);
            }
        });
        thread.start();
        long seen = 0;
        while (thread.isAlive()) {
            Requests.registerSegment(segment.address, SEGMENT / 2);
            Requests.removeSegment(segment.address, SEGMENT / 2);
            seen += storesOf(thread, drain());
        }
        seen += storesOf(thread, drain());
        assertEquals(stores, seen);
    }

    @Test
    void aThreadThatIsRenamedIsNamedAgain() throws Exception {
        Recording.Segment segment = new Recording.Segment();
        Thread thread = new Thread(
                () -> {
                    Hooks.store(null, segment.address, LONG);
                    Thread.currentThread().setName("later");
                    Requests.flush(segment.address, 64);
                },
                "at first");
        thread.start();
        thread.join();
        List<String> names = drain().stream()
                .filter(line -> line.startsWith("thread " + thread.getId() + " "))
                .map(line -> line.substring(line.indexOf('"')))
                .toList();
        assertEquals(List.of("\"at first\"", "\"later\""), names);
    }

    @Test
    void aVectorIsOneStoreAndAMaskedOneTheLanesSet() {
        Recording.Segment segment = new Recording.Segment();
        drain();
        Hooks.vectorBegin(segment.buffer, 64, int.class, 8);
        Hooks.store(null, segment.address + 64, 2);
        Hooks.vectorEnd(false, null);
        Hooks.vectorBegin(null, segment.address, int.class, 4);
        Hooks.vectorEnd(false, mask(true, false, true, true));
        Hooks.vectorBegin(null, segment.address, int.class, 4);
        Hooks.vectorEnd(true, null);
        Hooks.store(null, segment.address, 2);
        assertEquals(
                List.of(
                        "store " + thread() + " " + hex(segment.address + 64) + " 32",
                        "store " + thread() + " " + hex(segment.address) + " 4",
                        "store " + thread() + " " + hex(segment.address + 8) + " 8",
                        "store " + thread() + " " + hex(segment.address) + " 4"),
                events(drain()));
    }

    @Test
    void adjacentLoadsFoldAndOthersStandAlone() {
        Recording.Segment segment = new Recording.Segment();
        int site = Start.registerSites("Load", "Load.java", new String[] {"a"}, new int[] {1}, new boolean[] {true});
        drain();
        Hooks.mark(site);
        for (int i = 0; i < 4; i++) {
            Hooks.load(null, segment.address + 8 * i, 3);
        }
        Hooks.store(null, segment.address + 32, LONG);
        Hooks.load(null, segment.address + 40, 3);
        Hooks.load(null, segment.address + 40, 3);
        Hooks.load(new byte[0], segment.address, 0);
        Hooks.bulkLoad(null, segment.address, 100);
        Hooks.unmark();
        List<String> lines = drain();
        String load = "load " + thread() + " " + hex(segment.address);
        assertEquals(
                List.of(
                        "guard-site",
                        load + " 8 x4",
                        "store " + thread() + " " + hex(segment.address + 32) + " 8",
                        "load " + thread() + " " + hex(segment.address + 40) + " 8",
                        "load " + thread() + " " + hex(segment.address + 40) + " 8",
                        load + " 100"),
                events(lines));
        assertTrue(lines.contains("guard-site Load.a(Load.java:1)"));
    }

    @Test
    void aVectorIsOneLoad() {
        Recording.Segment segment = new Recording.Segment();
        drain();
        Hooks.vectorLoadBegin(segment.buffer, 64, int.class, 8);
        Hooks.load(null, segment.address + 64, 2);
        Hooks.vectorEnd(false, null);
        assertEquals(List.of("load " + thread() + " " + hex(segment.address + 64) + " 32"), events(drain()));
    }

    @Test
    void aComparisonLoadsUpToTheDifference() {
        Recording.Segment segment = new Recording.Segment();
        drain();
        Hooks.compared(5, null, segment.address, null, segment.address + 512, 16, 2);
        Hooks.compared(~3, null, segment.address, new long[8], 16, 35, 0);
        assertEquals(
                List.of(
                        "load " + thread() + " " + hex(segment.address) + " 24",
                        "load " + thread() + " " + hex(segment.address + 512) + " 24",
                        "load " + thread() + " " + hex(segment.address) + " 32"),
                events(drain()));
    }

    @Test
    void aVectorWhoseEndIsNeverHeardOfHidesNoOtherStore() {
        Recording.Segment segment = new Recording.Segment();
        drain();
        Hooks.vectorBegin(segment.buffer, 64, int.class, 8);
        Hooks.store(null, segment.address + 64 + 28, 2);
        Hooks.store(null, segment.address + 64 + 32, 2);
        Hooks.store(null, segment.address + 64, 2);
        assertEquals(
                List.of(
                        "store " + thread() + " " + hex(segment.address + 96) + " 4",
                        "store " + thread() + " " + hex(segment.address + 64) + " 4"),
                events(drain()));
    }

    private static Object mask(boolean... lanes) {
        return new jdk.internal.vm.vector.VectorSupport.VectorMask<Integer>(lanes) {};
    }

    private static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }

    @Test
    void memoryMapLinesAreParsed() {
        MemoryMapLine line = MemoryMapLine.parse("7f0000000000-7f0000002000 rw-s 00001000 fe:01 42     /data/a file");
        assertEquals(0x7f0000000000L, line.start);
        assertEquals(0x7f0000002000L, line.end);
        assertEquals(0x1000, line.offset);
        assertEquals(0xfe01, line.device);
        assertEquals(42, line.inode);
        assertEquals("/data/a file", line.path);
        assertTrue(line.isSharedFile());
        assertFalse(
                MemoryMapLine.parse("7f00-7f01 rw-p 00000000 fe:01 42 /data/a").isSharedFile());
        assertFalse(MemoryMapLine.parse("7f00-7f01 rw-s 00000000 00:05 42 /dev/zero (deleted)")
                .isSharedFile());
    }

    @Test
    void anAddressOfVolatileMemoryIsToldInEitherByteOrder() {
        Recording.Segment segment = new Recording.Segment();
        long memory = jdk.internal.misc.Unsafe.getUnsafe().allocateMemory(64);
        long[] values = {memory, Long.reverseBytes(memory), memory + 4, 42, System.currentTimeMillis(), segment.address
        };
        drain();
        for (long value : values) {
            Hooks.store(null, segment.address + 64, value, LONG);
        }
        Hooks.store(null, memory, memory, LONG); // no segment
        String pointer = "volatile-pointer " + thread() + " 0x" + Long.toHexString(segment.address + 64) + " 0x"
                + Long.toHexString(memory);
        List<String> events = events(drain());
        assertEquals(
                List.of(pointer, pointer),
                events.stream().filter(line -> line.startsWith("volatile")).toList());
        assertTrue(events.get(0).startsWith("store ") && events.get(1).equals(pointer), events::toString);
    }
}
