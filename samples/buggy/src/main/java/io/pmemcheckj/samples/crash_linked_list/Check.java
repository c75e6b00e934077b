package io.pmemcheckj.samples.crash_linked_list;

import io.pmemcheckj.api.CrashCheck;
import io.pmemcheckj.api.CrashImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The list is what it was after the last operation that was acknowledged, or what the next one makes of it. */
public final class Check implements CrashCheck {
    private static final List<List<Long>> STATES =
            List.of(List.of(), List.of(1L), List.of(2L, 1L), List.of(3L, 2L, 1L), List.of(2L, 1L));

    @Override
    public void check(CrashImage image) throws IOException {
        List<Long> found = read(image.map("linked-list.dat"));
        int done = image.markers().size();
        List<List<Long>> allowed = STATES.subList(done, Math.min(done + 2, STATES.size()));
        if (!allowed.contains(found)) {
            throw new IllegalStateException("the list is " + found + ", and should be one of " + allowed);
        }
    }

    /** Reads the list as the program would when it starts. */
    private static List<Long> read(ByteBuffer list) {
        List<Long> values = new ArrayList<>();
        int node = (int) list.getLong(Fixed.HEAD);
        while (node != 0) {
            values.add(list.getLong(node + Fixed.VALUE));
            node = (int) list.getLong(node);
        }
        return values;
    }
}
