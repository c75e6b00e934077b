package io.pmemcheckj.rules;

import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.StoreEvent;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** One declared order: what the first selector means must be persistent before a store that the second means. */
final class Order implements Orders {
    final String name;
    final Selector first;
    final Selector second;
    /** Whether it was declared at a moment of the run, for what comes then. */
    final boolean fromNowOn;
    /** Whether the opposite order is declared, too: then the two sides take turns, and either may begin. */
    boolean alternates;
    /** Whether a first store was seen, or can have been before the declaration. */
    boolean firstSeen;
    /** Owner of the last first store that no second one followed, 0 for none. */
    int unfollowedFirst;
    /** Owner of a second store made before any first store, 0 for none; and its place. */
    int earlySecond;

    Segment earlySegment;
    long earlyStart;
    long earlyEnd;

    private final ByteSet queued = new ByteSet();
    private int[] segments = new int[8];
    private long[] lines = new long[8];
    private int head;
    private int tail;

    Order(String name, Selector first, Selector second, boolean fromNowOn) {
        this.name = name;
        this.first = first;
        this.second = second;
        this.fromNowOn = fromNowOn;
        this.firstSeen = fromNowOn && first.storedBefore();
    }

    @Override
    public void concerning(StoreEvent store, BiConsumer<Order, StoreEvent> visitor) {
        visitor.accept(this, store);
    }

    @Override
    public void forEach(Consumer<Order> visitor) {
        visitor.accept(this);
    }

    @Override
    public void labelled(Segment segment, long start, long end, String label) {
        first.labelled(segment, start, end, label);
        second.labelled(segment, start, end, label);
    }

    /** Bytes that {@link #first} means are stored and not persistent. */
    void await(int segment, long line, long mask) {
        if (queued.mask(segment, line) == 0) {
            if (tail == lines.length) {
                makeRoom();
            }
            segments[tail] = segment;
            lines[tail++] = line;
        }
        queued.addMask(segment, line, mask);
    }

    private void makeRoom() {
        int live = tail - head;
        int capacity = live * 2 > lines.length ? lines.length * 2 : lines.length;
        int[] newSegments = new int[capacity];
        long[] newLines = new long[capacity];
        System.arraycopy(segments, head, newSegments, 0, live);
        System.arraycopy(lines, head, newLines, 0, live);
        segments = newSegments;
        lines = newLines;
        head = 0;
        tail = live;
    }

    /**
     * A line of the first side that can be lost while a store to the given line of the second side survives.
     *
     * @return the line and its segment as {@code {segment, line, mask}}, or null if no crash can separate them
     */
    long[] violated(PersistentMemory memory, Segment secondSegment, long secondLine) {
        while (head < tail && awaited(memory, head) == 0) {
            queued.removeMask(segments[head], lines[head], -1L);
            head++;
        }
        for (int i = head; i < tail; i++) {
            long mask = awaited(memory, i);
            boolean sameLine =
                    segments[i] == secondSegment.id() && lines[i] == secondLine && secondSegment.domain() == Domain.ADR;
            if (mask != 0 && !sameLine) {
                return new long[] {segments[i], lines[i], mask};
            }
        }
        return null;
    }

    private long awaited(PersistentMemory memory, int i) {
        return queued.mask(segments[i], lines[i]) & memory.pendingMask(memory.segment(segments[i]), lines[i]);
    }
}
