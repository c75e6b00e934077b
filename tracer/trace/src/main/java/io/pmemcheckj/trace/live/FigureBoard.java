package io.pmemcheckj.trace.live;

import static io.pmemcheckj.trace.layout.RingLayout.*;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The part of the ring's file through which the program asks what the replay knows. There is one question at a time, with
 * a number; the answer stands until the next question. The replay does nothing for it where nobody asks.
 */
public final class FigureBoard {
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    // Within the totals.
    private static final int FINDINGS_SO_FAR = TOTALS + 56;
    private static final int SEGMENTS_SO_FAR = TOTALS + 60;
    // Within the place of a segment: id, bytes of the path, three longs, bytes of the domain, and the texts.
    private static final int PATH_LENGTH = 4;
    private static final int SIZE = 8;
    private static final int STORED = 16;
    private static final int UNPERSISTED = 24;
    private static final int DOMAIN_LENGTH = 32;
    private static final int DOMAIN = 36;
    private static final int DOMAIN_MAX = 16;
    private static final int PATH = DOMAIN + DOMAIN_MAX;
    private static final int PATH_MAX = SEGMENT_BYTES - PATH;
    private static final String CUT = "...";

    private final MappedByteBuffer ring;

    /** @param ring the ring's file, mapped from its start; is left as it is */
    public FigureBoard(MappedByteBuffer ring) {
        this.ring = (MappedByteBuffer) ring.duplicate().order(ByteOrder.nativeOrder());
    }

    /**
     * Asks. The program's side; by one thread at a time.
     *
     * @param exactly whether all that has been recorded so far must have been replayed
     * @param knownFindings how many findings to leave out of the answer
     * @return the question's number
     */
    public long ask(boolean exactly, int knownFindings) {
        ring.putLong(ASKED_STAMP, exactly ? (long) LONG.getVolatile(ring, STAMP) : 0);
        ring.putInt(ASKED_FINDINGS, knownFindings);
        long question = ring.getLong(ASKED) + 1;
        LONG.setVolatile(ring, ASKED, question);
        return question;
    }

    /** Whether a question is answered. Until the next one the answer can be read. */
    public boolean isTold(long question) {
        return (long) LONG.getAcquire(ring, TOLD) == question;
    }

    /** The figures of the answer. */
    public Figures figures() {
        List<SegmentFigures> segments = new ArrayList<>();
        for (int i = 0; i < ring.getInt(SEGMENT_COUNT); i++) {
            int at = SEGMENTS + SEGMENT_BYTES * i;
            segments.add(new SegmentFigures(
                    ring.getInt(at),
                    text(at + PATH, ring.getInt(at + PATH_LENGTH)),
                    text(at + DOMAIN, ring.getInt(at + DOMAIN_LENGTH)),
                    ring.getLong(at + SIZE),
                    ring.getLong(at + STORED),
                    ring.getLong(at + UNPERSISTED)));
        }
        return new Figures(
                ring.getLong(TOTALS),
                ring.getLong(TOTALS + 8),
                ring.getLong(TOTALS + 16),
                ring.getLong(TOTALS + 24),
                ring.getLong(TOTALS + 32),
                ring.getLong(TOTALS + 40),
                ring.getLong(TOTALS + 48),
                ring.getInt(FINDINGS_SO_FAR),
                ring.getInt(SEGMENTS_SO_FAR),
                segments);
    }

    /** The findings of the answer: the next ones after those known, a few at a time. */
    public List<LiveFinding> findings() {
        List<LiveFinding> findings = new ArrayList<>();
        for (int i = 0; i < ring.getInt(FINDING_COUNT); i++) {
            int at = FINDINGS + FINDING_BYTES * i;
            findings.add(LiveFinding.decode(bytes(at + Integer.BYTES, ring.getInt(at))));
        }
        return findings;
    }

    /** Stamped events that are recorded and not delivered. */
    public long behind() {
        long delivered = (long) LONG.getAcquire(ring, DELIVERED);
        return Math.max(0, (long) LONG.getAcquire(ring, STAMP) - delivered);
    }

    /** Nanoseconds that threads of the program waited for the replay, added up. */
    public long waited() {
        return (long) LONG.getAcquire(ring, WAITED);
    }

    /** Chunks that recorders may use. */
    public int chunks() {
        return (int) INT.getAcquire(ring, COMMITTED);
    }

    /** Chunks among them that recorders hold, or that are to be replayed. */
    public int usedChunks() {
        int used = 0;
        for (int chunk = 0; chunk < chunks(); chunk++) {
            used += ring.getLong(STATES + Long.BYTES * chunk) == 0 ? 0 : 1;
        }
        return used;
    }

    /**
     * Answers what is asked. The consumer's side.
     *
     * @param delivered stamp up to which all events have been
     */
    public void tell(Insight insight, long delivered) {
        long question = (long) LONG.getAcquire(ring, ASKED);
        if (question != ring.getLong(TOLD) && ring.getLong(ASKED_STAMP) <= delivered) {
            write(insight.figures());
            write(insight.findings(ring.getInt(ASKED_FINDINGS), MAX_FINDINGS));
            LONG.setRelease(ring, TOLD, question);
        }
        if ((int) INT.getAcquire(ring, FLUSHERS_WAIT) != 0) {
            tellFlushes(insight, delivered);
        }
    }

    private void write(Figures figures) {
        ring.putLong(TOTALS, figures.stores());
        ring.putLong(TOTALS + 8, figures.flushes());
        ring.putLong(TOTALS + 16, figures.fences());
        ring.putLong(TOTALS + 24, figures.transactions());
        ring.putLong(TOTALS + 32, figures.linesFlushed());
        ring.putLong(TOTALS + 40, figures.linesDirty());
        ring.putLong(TOTALS + 48, figures.bytesUnpersisted());
        ring.putInt(FINDINGS_SO_FAR, figures.findings());
        ring.putInt(SEGMENTS_SO_FAR, figures.segmentCount());
        List<SegmentFigures> segments = figures.segments().stream()
                .sorted(Comparator.comparingLong(SegmentFigures::bytesUnpersisted)
                        .reversed())
                .limit(MAX_SEGMENTS)
                .sorted(Comparator.comparingInt(SegmentFigures::id))
                .toList();
        for (int i = 0; i < segments.size(); i++) {
            write(SEGMENTS + SEGMENT_BYTES * i, segments.get(i));
        }
        ring.putInt(SEGMENT_COUNT, segments.size());
    }

    private void write(int at, SegmentFigures segment) {
        ring.putInt(at, segment.id());
        ring.putLong(at + SIZE, segment.size());
        ring.putLong(at + STORED, segment.bytesStored());
        ring.putLong(at + UNPERSISTED, segment.bytesUnpersisted());
        ring.putInt(at + DOMAIN_LENGTH, put(at + DOMAIN, segment.domain(), DOMAIN_MAX));
        ring.putInt(at + PATH_LENGTH, put(at + PATH, segment.path(), PATH_MAX));
    }

    private void write(List<LiveFinding> findings) {
        for (int i = 0; i < findings.size(); i++) {
            int at = FINDINGS + FINDING_BYTES * i;
            byte[] bytes = findings.get(i).encode(FINDING_BYTES - Integer.BYTES);
            ring.putInt(at, bytes.length);
            ring.put(at + Integer.BYTES, bytes);
        }
        ring.putInt(FINDING_COUNT, findings.size());
    }

    private void tellFlushes(Insight insight, long delivered) {
        for (int i = 0; i < MAX_FLUSHES; i++) {
            int at = FLUSHES + FLUSH_BYTES * i;
            if (!INT.compareAndSet(ring, at, ANSWER_AWAITED, ANSWER_PREPARED)) {
                continue;
            }
            boolean known = ring.getLong(at + FLUSH_STAMP) <= delivered;
            if (known) {
                FlushFigures flush = insight.lastFlush(ring.getInt(at + FLUSH_THREAD));
                ring.putLong(at + FLUSH_FOUND, flush == null ? -1 : flush.lines());
                ring.putLong(at + FLUSH_FOUND + 8, flush == null ? -1 : flush.linesDirty());
                ring.putLong(at + FLUSH_FOUND + 16, flush == null ? -1 : flush.bytesDirty());
            }
            INT.setRelease(ring, at, known ? ANSWER_GIVEN : ANSWER_AWAITED);
        }
    }

    /** Of a text that is too long the end tells more: the name of the file. */
    private int put(int at, String text, int most) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > most) {
            byte[] end = (CUT
                            + new String(
                                    bytes,
                                    bytes.length - most + CUT.length(),
                                    most - CUT.length(),
                                    StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
            bytes = end.length > most ? Arrays.copyOf(end, most) : end;
        }
        ring.put(at, bytes);
        return bytes.length;
    }

    private String text(int at, int length) {
        return new String(bytes(at, length), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int at, int length) {
        byte[] bytes = new byte[length];
        ring.get(at, bytes);
        return bytes;
    }
}
