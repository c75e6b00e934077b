package io.pmemcheckj.flight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;

/** Keeps the longest of many things. */
final class Longest<T> {
    private final int most;
    private final PriorityQueue<T> kept;
    private long count;
    private long sum;
    private final ToLongFunction<T> length;

    Longest(int most, ToLongFunction<T> length) {
        this.most = most;
        this.length = length;
        kept = new PriorityQueue<>(Comparator.comparingLong(length));
    }

    void add(T thing) {
        count++;
        sum += length.applyAsLong(thing);
        kept.add(thing);
        if (kept.size() > most) {
            kept.remove();
        }
    }

    /** In the order of the comparator. */
    List<T> kept(Comparator<? super T> order) {
        List<T> sorted = new ArrayList<>(kept);
        sorted.sort(order);
        return sorted;
    }

    /** Number of all, kept or not. */
    long count() {
        return count;
    }

    /** Length of all together. */
    long sum() {
        return sum;
    }

    int left() {
        return (int) Math.min(Integer.MAX_VALUE, count - kept.size());
    }
}
