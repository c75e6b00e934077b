package io.pmemcheckj.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pmemcheckj.replay.Replayer;
import io.pmemcheckj.trace.MapFlags;
import io.pmemcheckj.trace.StoreKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the replay, byte by byte and after every event, with a model that keeps an object per byte. */
class RandomModelTest {
    private static final int SIZE = 3 * 4096;
    private static final int THREADS = 3;
    private static final int EVENTS = 3000;
    private static final int SEEDS = 5;
    private static final long ADDRESS = 0x40000;
    private static final long ALIAS = 0x90000;
    /** Position of the first byte in the file: the bytes lie on both sides of where the replay's tables are cut. */
    private static final long OFFSET = (4L << 20) - 4096;

    private static final int DEVICE = 1;
    private static final int INODE = 2;

    /** What the model knows of a byte. */
    private static final class ModelByte {
        boolean pending;
        boolean failed;
        int site;
        int thread;
        /** Fences and forces that will make it persistent. */
        final Set<Object> covering = new HashSet<>();

        boolean everStored;
    }

    /** A force under way, and whether it fences when it ends. */
    private static final class ModelForce {
        final boolean fences;

        ModelForce(boolean fences) {
            this.fences = fences;
        }
    }

    private static final class Model {
        final Domain domain;
        final ModelByte[] bytes = new ModelByte[SIZE];
        final Object[] fences = new Object[THREADS];
        final List<Deque<ModelForce>> forces = new ArrayList<>();

        Model(Domain domain) {
            this.domain = domain;
            for (int i = 0; i < SIZE; i++) {
                bytes[i] = new ModelByte();
            }
            for (int i = 0; i < THREADS; i++) {
                fences[i] = new Object();
                forces.add(new ArrayDeque<>());
            }
        }

        void store(int thread, int site, boolean nonTemporal, int from, int to) {
            for (int i = from; i < to; i++) {
                ModelByte b = bytes[i];
                b.covering.clear();
                b.failed = false;
                b.pending = domain != Domain.EADR || nonTemporal;
                b.site = site;
                b.thread = thread;
                b.everStored = true;
                if (nonTemporal) {
                    b.covering.add(fences[thread]);
                }
            }
        }

        void flush(Object by, int from, int to, int unit) {
            int end = Math.min(SIZE, (to + unit - 1) / unit * unit);
            for (int i = from / unit * unit; i < end; i++) {
                if (bytes[i].pending) {
                    bytes[i].covering.add(by);
                    bytes[i].failed = false;
                }
            }
        }

        void complete(Object by) {
            for (ModelByte b : bytes) {
                if (b.covering.contains(by)) {
                    b.covering.clear();
                    b.pending = false;
                }
            }
        }

        void fail(Object by) {
            for (ModelByte b : bytes) {
                if (b.covering.remove(by) && b.covering.isEmpty()) {
                    b.failed = true;
                }
            }
        }

        void clean(int from, int to) {
            for (int i = from; i < to; i++) {
                bytes[i].covering.clear();
                bytes[i].pending = false;
                bytes[i].failed = false;
            }
        }

        String state(int i) {
            ModelByte b = bytes[i];
            if (!b.pending) {
                return "";
            }
            PendingState state =
                    !b.covering.isEmpty() ? PendingState.FLUSHED : b.failed ? PendingState.FAILED : PendingState.DIRTY;
            return state + " by " + b.thread + " at " + b.site;
        }
    }

    @ParameterizedTest
    @EnumSource(Domain.class)
    void replayAgreesWithTheModel(Domain domain) {
        for (int seed = 0; seed < SEEDS; seed++) {
            run(domain, seed);
        }
    }

    private static void run(Domain domain, int seed) {
        Random random = new Random(seed);
        Model model = new Model(domain);
        Replayer replayer = new Replayer(domain, path -> true);
        replayer.map(0, 0, ADDRESS, SIZE, DEVICE, INODE, OFFSET, MapFlags.SYNC, "/f");
        replayer.map(0, 0, ALIAS, SIZE, DEVICE, INODE, OFFSET, MapFlags.SYNC, "/f");
        for (int event = 0; event < EVENTS; event++) {
            step(random, model, replayer);
            if (random.nextInt(50) == 0) {
                replayer.memory().settle();
            }
            if (event % 20 == 0) {
                compare(model, replayer, "seed " + seed + " event " + event);
            }
        }
    }

    private static void step(Random random, Model model, Replayer replayer) {
        int thread = random.nextInt(THREADS);
        int site = 1 + random.nextInt(5);
        int from = random.nextInt(SIZE);
        int length = 1 + random.nextInt(Math.min(SIZE - from, random.nextInt(8) == 0 ? 6000 : 150));
        long base = random.nextBoolean() ? ADDRESS : ALIAS;
        int unit = model.domain == Domain.PAGE_CACHE ? 4096 : 64;
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3, 4 -> {
                boolean nonTemporal = random.nextInt(4) == 0;
                model.store(thread, site, nonTemporal, from, from + length);
                replayer.store(
                        thread, site, nonTemporal ? StoreKind.NON_TEMPORAL : StoreKind.PLAIN, base + from, 1, length);
            }
            case 5, 6 -> {
                model.flush(model.fences[thread], from, from + length, 64);
                replayer.flush(thread, site, base + from, length);
            }
            case 7 -> {
                model.complete(model.fences[thread]);
                replayer.fence(thread, site, random.nextBoolean());
            }
            case 8 -> {
                ModelForce force = new ModelForce(model.domain != Domain.PAGE_CACHE);
                model.forces.get(thread).push(force);
                model.flush(force, from, from + length, unit);
                replayer.forceBegin(thread, site, base + from, length);
            }
            case 9 -> {
                if (random.nextInt(3) == 0) {
                    ModelForce force = new ModelForce(false);
                    model.forces.get(thread).push(force);
                    model.flush(force, 0, SIZE, 64);
                    replayer.fileForceBegin(thread, site, DEVICE, INODE);
                }
            }
            case 10, 11, 12 -> endForce(random, model, replayer, thread);
            default -> {
                if (random.nextInt(3) == 0) {
                    model.clean(from, from + length);
                    replayer.setClean(thread, site, base + from, length);
                }
            }
        }
    }

    private static void endForce(Random random, Model model, Replayer replayer, int thread) {
        boolean failed = random.nextInt(3) == 0;
        ModelForce force = model.forces.get(thread).poll();
        if (force != null) {
            if (failed) {
                model.fail(force);
            } else {
                model.complete(force);
                if (force.fences) {
                    model.complete(model.fences[thread]);
                }
            }
        }
        replayer.forceEnd(thread, failed);
    }

    private static void compare(Model model, Replayer replayer, String where) {
        replayer.catchUp();
        PersistentMemory memory = replayer.memory();
        String[] states = new String[SIZE];
        long[] pending = new long[1];
        memory.forEachPending((segment, line, mask, owner, state, flushSite) -> {
            for (int bit = 0; bit < 64; bit++) {
                if ((mask >>> bit & 1) != 0) {
                    int at = (int) (line * 64 + bit - OFFSET);
                    assertEquals(null, states[at], "visited twice: " + at);
                    states[at] = state + " by " + memory.owners().thread(owner) + " at "
                            + memory.owners().site(owner);
                    pending[0]++;
                }
            }
        });
        for (int i = 0; i < SIZE; i++) {
            assertEquals(model.state(i), states[i] == null ? "" : states[i], where + " byte " + i);
        }
        assertEquals(pending[0], memory.pendingBytes(), where);
        assertEquals(pending[0], memory.segment(1).pendingBytes(), where);
        long stored = Arrays.stream(model.bytes).filter(b -> b.everStored).count();
        assertEquals(stored, memory.segment(1).storedBytes(), where);
        for (int i = 0; i < SIZE; i += 7) {
            boolean everStored = memory.everStored(memory.segment(1), OFFSET + i, OFFSET + i + 1);
            assertEquals(model.bytes[i].everStored, everStored, where + " byte " + i);
        }
    }
}
