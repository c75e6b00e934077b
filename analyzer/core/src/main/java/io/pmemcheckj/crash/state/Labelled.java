package io.pmemcheckj.crash.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The bytes that the program has given names to: what it is about, where it says so. */
public final class Labelled {
    /** @param file number of the file */
    record Range(int file, long from, long to) {}

    private final List<Range> ranges = new ArrayList<>();

    void add(CrashFile file, long from, long to) {
        Range range = new Range(file.number(), from, to);
        if (!ranges.contains(range)) {
            ranges.add(range);
        }
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Hash of what the program sees in them at this moment of a replay. */
    public long memory(FileReplay replay) {
        long hash = 0;
        for (Range range : ranges) {
            for (CrashFile file : with(range, replay)) {
                byte[] bytes = certain(range, file);
                for (Unit unit : file.pending().values()) {
                    overlay(bytes, range.from(), unit.start(), unit.content(unit.all()));
                }
                hash += hash(file, range.from(), bytes);
            }
        }
        return hash;
    }

    /** Hash of what a state has in them. */
    public long in(FileReplay replay, State state) {
        List<State.Patch> patches = state.patches();
        long hash = 0;
        for (Range range : ranges) {
            for (CrashFile file : with(range, replay)) {
                byte[] bytes = certain(range, file);
                for (State.Patch patch : patches) {
                    if (patch.file() == file) {
                        overlay(bytes, range.from(), patch.offset(), patch.bytes());
                    }
                }
                hash += hash(file, range.from(), bytes);
            }
        }
        return hash;
    }

    private static List<CrashFile> with(Range range, FileReplay replay) {
        return range.file() < replay.files().size() ? List.of(replay.files().get(range.file())) : List.of();
    }

    private static byte[] certain(Range range, CrashFile file) {
        byte[] bytes = new byte[(int) Math.min(Integer.MAX_VALUE - 8, range.to() - range.from())];
        file.content().read(range.from(), bytes);
        return bytes;
    }

    private static void overlay(byte[] bytes, long offset, long start, byte[] over) {
        long from = Math.max(offset, start);
        long to = Math.min(offset + bytes.length, start + over.length);
        if (from < to) {
            System.arraycopy(over, (int) (from - start), bytes, (int) (from - offset), (int) (to - from));
        }
    }

    private static long hash(CrashFile file, long offset, byte[] bytes) {
        long hash = Arrays.hashCode(new long[] {file.number(), offset});
        for (int i = 0; i < bytes.length; i++) {
            hash += file.content().hash(offset + i, bytes[i]);
        }
        return hash;
    }
}
