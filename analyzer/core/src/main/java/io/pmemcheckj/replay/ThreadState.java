package io.pmemcheckj.replay;

import io.pmemcheckj.memory.FlushBatch;
import io.pmemcheckj.memory.PersistentMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one thread of the program has under way. */
final class ThreadState {
    final int id;
    final FlushBatch flushed;
    /** Whether the thread flushed anything, known or not, since its last fence. */
    boolean flushedSinceFence;
    /** Whether the thread did more than unmap, as the JVM's own do. */
    boolean acted;
    /** Stack of the thread's next event, 0 for none. */
    int sample;
    /** Transactions the thread takes part in, innermost last. */
    final List<Transaction> transactions = new ArrayList<>();
    /** That of them which a library keeps, or null. */
    UndoLog undoLog;
    /** How many calls of a library are under way whose stores and flushes are not judged. */
    int internal;

    // What the latest flush found, in fields, as flushes are frequent; no lines for one of nothing that is mapped.
    long flushLines;
    long flushLinesDirty;
    long flushBytesDirty;

    // Forces begun and not ended, outermost first; those above the depth wait to be used again, as forces are frequent.
    private Force[] forces = new Force[1];
    private int depth;

    final RecentStores recent = new RecentStores();

    ThreadState(int id, FlushBatch flushed) {
        this.id = id;
        this.flushed = flushed;
    }

    /** A force under way. */
    static final class Force {
        int site;
        final FlushBatch batch;
        /** Whether it ended with a fence of the processor, which completes the thread's earlier flushes too. */
        boolean fences;

        boolean counts;
        /** Number of the segment that it covers at least a part of, 0 for none. */
        int segment;
        /** The file or folder, when the program named it. */
        FileIdentity file;
        /** How many changes of files' metadata there had been when it began. */
        long changesBefore;

        Force(FlushBatch batch) {
            this.batch = batch;
        }
    }

    /** A new innermost force; its batch is empty. */
    Force beginForce(int site, PersistentMemory memory) {
        if (depth == forces.length) {
            forces = Arrays.copyOf(forces, 2 * depth);
        }
        Force force = forces[depth];
        if (force == null) {
            force = new Force(memory.newBatch(id));
            forces[depth] = force;
        }
        depth++;
        force.site = site;
        force.fences = false;
        force.counts = false;
        force.segment = 0;
        if (force.file != null) {
            force.file = null; // a write of a reference costs more than a look
        }
        return force;
    }

    /** Takes the innermost force, or null if there is none; it must have emptied its batch before the next begins. */
    Force endForce() {
        return depth == 0 ? null : forces[--depth];
    }
}
