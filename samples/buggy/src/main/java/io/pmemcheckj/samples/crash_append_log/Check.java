package io.pmemcheckj.samples.crash_append_log;

import io.pmemcheckj.api.CrashCheck;
import io.pmemcheckj.api.CrashImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What was appended is in the log, in order, at most one record more, and every record is whole. */
public final class Check implements CrashCheck {

    @Override
    public void check(CrashImage image) throws IOException {
        List<String> found = new ArrayList<>();
        for (long value : read(image.map("append-log.dat"))) {
            found.add("appended " + value);
        }
        List<String> acknowledged = image.markers();
        int more = found.size() - acknowledged.size();
        if (more < 0 || more > 1 || !found.subList(0, acknowledged.size()).equals(acknowledged)) {
            throw new IllegalStateException(acknowledged + ", but the log has " + found);
        }
    }

    /** Reads the log as the program would when it starts. */
    private static List<Long> read(ByteBuffer log) {
        List<Long> values = new ArrayList<>();
        long tail = log.getLong(Fixed.TAIL);
        for (int at = Fixed.FIRST; at < tail; at += Fixed.RECORD) {
            long value = log.getLong(at + Fixed.VALUE);
            if (log.getLong(at + Fixed.COMPLEMENT) != ~value) {
                throw new IllegalStateException("the record at " + at + " is torn");
            }
            values.add(value);
        }
        return values;
    }
}
