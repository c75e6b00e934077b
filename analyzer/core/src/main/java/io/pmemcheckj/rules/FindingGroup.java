package io.pmemcheckj.rules;

import io.pmemcheckj.findings.Location;
import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.memory.Owners;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.Places;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All occurrences of one finding: same rule, same places. */
public final class FindingGroup {
    final Rule rule;
    final Place place;
    final List<Related> related;
    private final ByteSet bytes = new ByteSet();
    private final Map<Integer, Long> bytesByOwner = new HashMap<>();
    private long counted;
    private boolean oneStack = true;
    Segment segment;
    long start;
    long end;
    int thread;
    private String detail = "";
    private List<Moment> timeline = List.of();

    /**
     * A place in the code.
     *
     * @param stack one of the stacks that led there, 0 for none
     * @param own whether it is the stack of this very occurrence
     * @param places where the stack is known
     */
    record Place(Location location, int stack, boolean own, Places places) {}

    /** Another half of the story. */
    record Related(String role, Place place) {}

    FindingGroup(Rule rule, Place place, List<Related> related) {
        this.rule = rule;
        this.place = place;
        this.related = List.copyOf(related);
    }

    /** Words of the rule's own about the first occurrence. */
    void describe(String words) {
        if (detail.isEmpty()) {
            detail = words;
        }
    }

    String detail() {
        return detail;
    }

    /** One more occurrence, or several of one place. */
    void happenedAt(Place occurrence) {
        oneStack = oneStack && occurrence.own() && occurrence.stack() == place.stack();
    }

    /** Whether all occurrences are known to have the same stack. */
    boolean hasOneStack() {
        return oneStack;
    }

    /** Counts dynamic occurrences. */
    void count(long occurrences) {
        counted += occurrences;
    }

    void addBytes(Segment in, long from, long to) {
        locate(in, from, to);
        bytes.add(in.id(), from, to);
    }

    /** Adds bytes of stores that are counted by how many of their bytes are left. */
    void addLeftover(Segment in, long line, long mask, int owner) {
        long first = (line << 6) + Long.numberOfTrailingZeros(mask);
        locate(in, first, (line << 6) + 64 - Long.numberOfLeadingZeros(mask));
        int added = bytes.addMask(in.id(), line, mask);
        if (added > 0) {
            bytesByOwner.merge(owner, (long) added, Long::sum);
        }
    }

    /** The finding is about the file as a whole. */
    void concern(Segment whole) {
        locate(whole, whole.bias(), whole.bias() + whole.size());
    }

    private void locate(Segment in, long from, long to) {
        if (segment == null) {
            segment = in;
            start = from;
            end = to;
            timeline = rule.timeline(this);
        } else if (segment == in && (from == end || from >> 6 == (end - 1) >> 6)) {
            // The bytes of a line come by who stored them, not by where they are.
            start = Math.min(start, from);
            end = Math.max(end, to);
        }
    }

    /** What happened to the bytes of the first occurrence. */
    List<Moment> timeline() {
        return timeline;
    }

    long leftover(int segmentId, long line) {
        return bytes.mask(segmentId, line);
    }

    long bytes() {
        return bytes.size();
    }

    long occurrences(Owners owners) {
        long total = counted;
        for (Map.Entry<Integer, Long> entry : bytesByOwner.entrySet()) {
            long size = owners.size(entry.getKey());
            total += (entry.getValue() + size - 1) / size;
        }
        return total;
    }

    boolean hasRole(String role) {
        return related.stream().anyMatch(other -> other.role().equals(role));
    }

    /** {@code 8 bytes of /tmp/a}. */
    String bytesOfFile() {
        return amount(bytes(), "byte") + (segment == null ? "" : " of " + segment.path());
    }

    static String amount(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }
}
