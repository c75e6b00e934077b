package io.pmemcheckj.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sets and maps of bytes and positions against models with an entry for each. */
class ByteMapTest {
    private static final int BYTES = 5 * 4096;
    private static final int SEGMENT = 3;
    private static final int NONE = -1;

    private final Random random = new Random(7);
    private final int[] model = new int[BYTES];
    private int start;
    private int end;

    ByteMapTest() {
        Arrays.fill(model, NONE);
    }

    /** Short ranges mostly, and some that hold whole pages. */
    private void chooseRange() {
        boolean wide = random.nextInt(10) == 0;
        start = random.nextInt(BYTES);
        if (random.nextInt(10) == 0) {
            start &= -4096;
        }
        end = start + 1 + random.nextInt(Math.min(BYTES - start, wide ? BYTES : 200));
    }

    @Test
    void mapGivesEachByteItsNumber() {
        ByteMap map = new ByteMap();
        for (int round = 0; round < 2000; round++) {
            chooseRange();
            int value = random.nextInt(8);
            int action = random.nextInt(4);
            for (int at = start; at < end; at++) {
                model[at] = action == 0 ? NONE : action == 1 && model[at] != NONE ? model[at] : value;
            }
            switch (action) {
                case 0 -> map.remove(SEGMENT, start, end);
                case 1 -> map.putAbsent(SEGMENT, start, end, value);
                default -> map.put(SEGMENT, start, end, value);
            }
            chooseRange();
            compare(map);
        }
        for (int at = 0; at < BYTES; at++) {
            assertEquals(model[at], map.first(SEGMENT, at, at + 1));
        }
        map.put(SEGMENT + 1, 0, 8, 1);
        map.removeAll(SEGMENT);
        assertEquals(NONE, map.first(SEGMENT, 0, BYTES));
        assertEquals(1, map.first(SEGMENT + 1, 0, 8));
        map.removeAll(SEGMENT + 1);
        assertTrue(map.isEmpty());
    }

    private void compare(ByteMap map) {
        int[] members =
                Arrays.stream(model, start, end).filter(value -> value != NONE).toArray();
        assertEquals(members.length == end - start, map.containsAll(SEGMENT, start, end));
        assertEquals(members.length > 0, map.intersects(SEGMENT, start, end));
        assertEquals(members.length == 0 ? NONE : members[0], map.first(SEGMENT, start, end));
        long line = start >> 6;
        int[] found = new int[64];
        Arrays.fill(found, NONE);
        map.forEach(SEGMENT, line, -1, (value, mask) -> {
            for (int i = 0; i < 64; i++) {
                found[i] = (mask >>> i & 1) != 0 ? value : found[i];
            }
        });
        assertEquals(
                Arrays.toString(Arrays.copyOfRange(model, (int) line << 6, (int) line + 1 << 6)),
                Arrays.toString(found));
    }

    @Test
    void setHoldsWhatWasAddedAndNotRemoved() {
        ByteSet set = new ByteSet();
        for (int round = 0; round < 2000; round++) {
            chooseRange();
            int value = random.nextInt(3) == 0 ? NONE : 1;
            Arrays.fill(model, start, end, value);
            if (value == NONE) {
                set.remove(SEGMENT, start, end);
            } else {
                set.add(SEGMENT, start, end);
            }
            assertEquals(members(0, BYTES), set.size());
            chooseRange();
            assertEquals(members(start, end), set.count(SEGMENT, start, end));
            assertEquals(members(start, end) > 0, set.intersects(SEGMENT, start, end));
            assertEquals(members(start, end) == end - start, set.containsAll(SEGMENT, start, end));
        }
    }

    private long members(int from, int to) {
        return Arrays.stream(model, from, to).filter(value -> value != NONE).count();
    }

    @Test
    void longMapFindsWhatWasPutAndNotRemoved() {
        LongMap map = new LongMap();
        Map<Long, Long> expected = new HashMap<>();
        for (int round = 0; round < 100_000; round++) {
            long position = 64L * random.nextInt(1 + round / 50 % 1000);
            if (random.nextInt(5) < 2) {
                Long removed = expected.remove(position);
                assertEquals(removed == null ? 0 : removed, map.remove(position));
            } else {
                expected.put(position, round + 1L);
                map.put(position, round + 1);
            }
            assertEquals(expected.size(), map.size());
        }
        for (long position = 0; position < 64 * 1000; position += 64) {
            assertEquals(expected.getOrDefault(position, 0L), map.get(position));
        }
    }
}
