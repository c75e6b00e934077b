package io.pmemcheckj.trace.ring;

import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.layout.RingLayout;
import io.pmemcheckj.trace.live.FigureBoard;
import io.pmemcheckj.trace.live.Insight;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The reading end of the ring: takes the events of all threads of the traced process, merges them into one order and
 * gives the chunks back.
 *
 * <p>The order is that of the stamps. A round first reads the shared counter, then delivers every event whose stamp is
 * not larger. Whatever happened before an event with such a stamp was in the ring before the counter was read, so
 * nothing that comes later can belong before it; a store that races with a flush, and is delivered after it although
 * its stamp is smaller, is one that the flush did not have to cover.
 *
 * <p>Not thread-safe: one thread drains.
 */
public final class RingConsumer implements Closeable {

    /** Chunks the ring starts with; it grows up to {@link #WANTED_CHUNKS} while the program is ahead of the replay. */
    private static final int INITIAL_CHUNKS = 64;

    /** 32 MiB: more than this only helps when many threads each hold a chunk. */
    private static final int WANTED_CHUNKS = 1024;

    /** A stamp larger than any, whose key is still smaller than {@link RecorderStream#NOTHING}. */
    private static final long AT_THE_END = (Long.MAX_VALUE >> 1) - 1;

    private final RingFile ring;
    private final List<RecorderStream> streams = new ArrayList<>();
    private RecorderStream[] byRecorder = new RecorderStream[64];
    private final long[] seen = new long[RingLayout.MAX_CHUNKS];
    private final Definitions definitions = new Definitions();
    private long starved;
    private boolean full;
    private long records;

    private final FigureBoard board;
    private Insight insight;
    private Runnable beforeDelivered = () -> {};
    private FileContents contents;

    private RingConsumer(RingFile ring) {
        this.ring = ring;
        board = ring.board();
    }

    /**
     * Creates the ring file and makes it ready for one traced process.
     *
     * @param file file to create; an existing one is replaced
     * @throws IOException when it cannot be created or there is no room for the first chunks
     */
    public static RingConsumer create(Path file) throws IOException {
        RingFile ring = RingFile.create(file);
        ring.commit(INITIAL_CHUNKS);
        ring.setConsumer(ProcessHandle.current().pid());
        return new RingConsumer(ring);
    }

    /**
     * Creates the ring file for a consumer that will {@link #open} it a moment later.
     *
     * @param file file to create; an existing one is replaced
     * @throws IOException when it cannot be created or there is no room for the first chunks
     */
    public static void prepare(Path file) throws IOException {
        try (RingFile ring = RingFile.create(file)) {
            ring.commit(INITIAL_CHUNKS);
        }
    }

    /**
     * Becomes the consumer of a ring that was prepared, or that is left of an earlier consumer.
     *
     * @throws IOException when the file is missing or is not a ring
     */
    public static RingConsumer open(Path file) throws IOException {
        RingFile ring = RingFile.open(file);
        ring.setConsumer(ProcessHandle.current().pid());
        return new RingConsumer(ring);
    }

    /** True once an agent has attached to the ring, whether or not it then got ready. */
    public boolean attached() {
        return ring.agentState() != RingLayout.STATE_NONE;
    }

    /** True once the agent has woven the JDK and passed its self-test. */
    public boolean ready() {
        return ring.agentState() == RingLayout.STATE_READY;
    }

    /** Why the agent refused to trace, or null. */
    public String agentFailure() {
        return ring.agentState() == RingLayout.STATE_FAILED ? ring.message() : null;
    }

    /** Process id of the traced process, 0 before an agent attached. */
    public long programPid() {
        return ring.programPid();
    }

    /** Number of records taken so far. */
    public long records() {
        return records;
    }

    /** Has something run whenever all is delivered that a thread of the program may wait for. */
    public void beforeDelivered(Runnable task) {
        beforeDelivered = task;
    }

    /** Tells the program what it asks of the replay; null for nothing any more. */
    public void tell(Insight replay) {
        insight = replay;
    }

    /**
     * Has what the program's files held told, too; only where values are recorded. To be called before the first {@link
     * #drain}.
     */
    public void tellFileContents() {
        contents = new FileContents(ring::programPid);
    }

    /**
     * Tells a thread of the program that what it expects is not so; to be called by the task of {@link #beforeDelivered}.
     *
     * @param text a sentence; of a long one the end is cut off
     * @return false when the thread does not wait for that
     */
    public boolean answer(int thread, String text) {
        return ring.answer(thread, text);
    }

    /**
     * Delivers what can be delivered now.
     *
     * @return number of records taken; 0 means that there was nothing to do
     */
    public int drain(TraceVisitor visitor) {
        if (!ready()) {
            return 0;
        }
        long before = records;
        long horizon = ring.stamp();
        if (merge(visitor, horizon, false)) {
            beforeDelivered.run();
            tell(horizon);
            ring.setDelivered(horizon);
        }
        grow();
        return (int) Math.min(records - before, Integer.MAX_VALUE);
    }

    private void tell(long horizon) {
        if (insight != null) {
            try {
                board.tell(insight, horizon);
            } catch (RuntimeException e) { // what the program is told is no part of the check, which goes on
                insight = null;
            }
        }
    }

    /**
     * Delivers everything that is left, once the traced process has ended or no longer records, and the end of the
     * trace: {@link TraceVisitor#end} or, where something is missing, {@link TraceVisitor#gap}.
     */
    public void finish(TraceVisitor visitor) {
        if (ready()) {
            merge(visitor, AT_THE_END, true);
        }
        String lost = ring.lost();
        if (lost != null) {
            visitor.gap(lost);
        }
        visitor.end();
    }

    /** Tells the traced process, should it still run, that nobody reads the ring any more. */
    @Override
    public void close() throws IOException {
        ring.setConsumer(0);
        ring.close();
    }

    /** @return false when an event is being written just now, so that not all up to the horizon could be delivered */
    private boolean merge(TraceVisitor visitor, long horizon, boolean last) {
        discover();
        // Definitions of one thread are used by others: where a record names one that is not known yet, it is already
        // in the ring, in front of some other thread's events.
        Runnable fetchDefinitions = () -> {
            discover();
            for (RecorderStream stream : List.copyOf(streams)) {
                stream.readDefinitions(definitions, visitor);
            }
        };
        long limit = 2 * horizon + 1;
        while (true) {
            RecorderStream first = null;
            long firstKey = Long.MAX_VALUE;
            long secondKey = Long.MAX_VALUE;
            for (int i = 0; i < streams.size(); i++) {
                long key = streams.get(i).nextKey();
                if (key == RecorderStream.PENDING) {
                    if (!last) {
                        return false; // its stamp may be smaller than any other; it will be there in a moment
                    }
                    continue;
                }
                if (key < firstKey) {
                    secondKey = firstKey;
                    firstKey = key;
                    first = streams.get(i);
                } else if (key < secondKey) {
                    secondKey = key;
                }
            }
            if (first == null || firstKey > limit) {
                return true;
            }
            records += first.deliver(visitor, Math.min(limit, secondKey), definitions, fetchDefinitions);
        }
    }

    /** Finds chunks that recorders have taken since the last look. */
    private void discover() {
        int committed = ring.committed();
        for (int chunk = 0; chunk < committed; chunk++) {
            long state = ring.state(chunk);
            if (state != seen[chunk] && state != RingLayout.PREPARING) {
                seen[chunk] = state;
                if (state != 0) {
                    stream((int) (state >>> RingLayout.SEQUENCE_BITS))
                            .add(chunk, state & ((1L << RingLayout.SEQUENCE_BITS) - 1));
                }
            }
        }
    }

    private RecorderStream stream(int recorder) {
        if (recorder >= byRecorder.length) {
            byRecorder = java.util.Arrays.copyOf(byRecorder, Math.max(recorder + 1, 2 * byRecorder.length));
        }
        RecorderStream stream = byRecorder[recorder];
        if (stream == null) {
            stream = new RecorderStream(ring, this::freed, contents);
            byRecorder[recorder] = stream;
            streams.add(stream);
        }
        return stream;
    }

    private void freed(int chunk) {
        seen[chunk] = 0;
    }

    /**
     * Adds chunks when recorders found none free: while the program is ahead of the replay only up to a ring that still
     * fits a processor cache, without that limit when so many threads hold a chunk each that nothing can move.
     */
    private void grow() {
        long now = ring.starved();
        if (now == starved || full) {
            return;
        }
        starved = now;
        int committed = ring.committed();
        boolean everyChunkIsHeld = streams.size() * 2 > committed;
        if (committed >= WANTED_CHUNKS && !everyChunkIsHeld) {
            return;
        }
        try {
            ring.commit(Math.min(2 * committed, RingLayout.MAX_CHUNKS));
        } catch (IOException e) {
            full = true; // no room: the program waits for the chunks there are
        }
    }
}
