package io.pmemcheckj.replay;

import io.pmemcheckj.memory.FlushBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What one thread of the program has under way. */
final class ThreadState {
    final int id;
    final FlushBatch flushed;
    /** Whether the thread flushed anything, known or not, since its last fence. */
    boolean flushedSinceFence;
    /** Forces begun and not ended, innermost first. */
    final Deque<Force> forces = new ArrayDeque<>();
    /** Stack of the thread's next event, 0 for none. */
    int sample;
    /** Transactions the thread takes part in, innermost last. */
    final List<Transaction> transactions = new ArrayList<>();

    ThreadState(int id, FlushBatch flushed) {
        this.id = id;
        this.flushed = flushed;
    }

    /** A force under way. */
    static final class Force {
        final int site;
        final FlushBatch batch;
        /** Whether it ended with a fence of the processor, which completes the thread's earlier flushes too. */
        boolean fences;

        boolean counts;

        Force(int site, FlushBatch batch) {
            this.site = site;
            this.batch = batch;
        }
    }
}
