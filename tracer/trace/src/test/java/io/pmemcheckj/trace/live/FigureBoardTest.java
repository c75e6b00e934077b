package io.pmemcheckj.trace.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.trace.layout.RingLayout;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureBoardTest {
    private static final int FLUSH = RingLayout.FLUSHES;

    @TempDir
    Path folder;

    private MappedByteBuffer ring;
    private FigureBoard board;
    private Figures figures = new Figures(1, 2, 3, 4, 5, 6, 7, 8, 0, List.of());
    private final List<LiveFinding> findings = new ArrayList<>();

    private final Insight insight = new Insight() {
        @Override
        public Figures figures() {
            return figures;
        }

        @Override
        public FlushFigures lastFlush(int thread) {
            return thread == 5 ? new FlushFigures(10, 20, 30) : null;
        }

        @Override
        public List<LiveFinding> findings(int from, int most) {
            return findings.stream().skip(from).limit(most).toList();
        }
    };

    @BeforeEach
    void create() throws Exception {
        try (FileChannel channel = FileChannel.open(
                folder.resolve("ring"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ring = channel.map(FileChannel.MapMode.READ_WRITE, 0, RingLayout.CHUNKS);
        }
        board = new FigureBoard(ring);
        ring.order(ByteOrder.nativeOrder());
    }

    private static LiveFinding finding(int number, String stack) {
        return new LiveFinding(
                "rule", "error", "f" + number, "mess\nage", "A.b(A.java:1)", "main", "/tmp/ä", 8, 16, stack);
    }

    private static SegmentFigures segment(int id, String path, long unpersisted) {
        return new SegmentFigures(id, path, "page-cache", 4096, 100, unpersisted);
    }

    @Test
    void nothingIsToldUnasked() {
        board.tell(insight, 0);
        assertEquals(0, board.figures().stores());
        assertFalse(board.isTold(1));
    }

    @Test
    void whatIsToldIsWhatIsKnown() {
        figures = new Figures(1, 2, 3, 4, 5, 6, 7, 8, 2, List.of(segment(1, "/tmp/ä", 3), segment(2, "", 0)));
        findings.add(finding(1, "A.b(A.java:1)\nA.c(A.java:2)"));
        long question = board.ask(false, 0);
        assertFalse(board.isTold(question));
        board.tell(insight, 0);
        assertTrue(board.isTold(question));
        assertEquals(figures, board.figures());
        assertEquals(findings, board.findings());
    }

    @Test
    void anExactAnswerWaitsForAllThatWasRecorded() {
        ring.putLong(RingLayout.STAMP, 17);
        long question = board.ask(true, 0);
        board.tell(insight, 16);
        assertFalse(board.isTold(question));
        board.tell(insight, 17);
        assertTrue(board.isTold(question));
    }

    @Test
    void findingsComeAFewAtATime() {
        for (int i = 0; i < RingLayout.MAX_FINDINGS + 2; i++) {
            findings.add(finding(i, ""));
        }
        board.ask(false, 0);
        board.tell(insight, 0);
        List<LiveFinding> first = board.findings();
        assertEquals(findings.subList(0, RingLayout.MAX_FINDINGS), first);
        board.ask(false, first.size());
        board.tell(insight, 0);
        assertEquals(findings.subList(RingLayout.MAX_FINDINGS, findings.size()), board.findings());
    }

    @Test
    void aStackThatIsTooLongLosesItsEnd() {
        String stack = "A.b(A.java:1)\n".repeat(1000);
        findings.add(finding(1, stack));
        board.ask(false, 0);
        board.tell(insight, 0);
        LiveFinding told = board.findings().get(0);
        assertEquals("mess\nage", told.message());
        assertEquals("/tmp/ä", told.path());
        assertTrue(stack.startsWith(told.stack()) && told.stack().length() > 1000, told.stack());
    }

    @Test
    void ofManySegmentsThoseWithTheMostToLoseAreTold() {
        List<SegmentFigures> many = new ArrayList<>();
        for (int id = 1; id <= RingLayout.MAX_SEGMENTS + 10; id++) {
            many.add(segment(id, "/" + id, id));
        }
        figures = new Figures(1, 2, 3, 4, 5, 6, 7, 8, many.size(), many);
        board.ask(false, 0);
        board.tell(insight, 0);
        assertEquals(many.subList(10, many.size()), board.figures().segments());
        assertEquals(many.size(), board.figures().segmentCount());
    }

    @Test
    void ofALongPathTheEndIsTold() {
        String path = "/ä".repeat(300) + "/name";
        figures = new Figures(1, 2, 3, 4, 5, 6, 7, 8, 1, List.of(segment(1, path, 0)));
        board.ask(false, 0);
        board.tell(insight, 0);
        String told = board.figures().segments().get(0).path();
        assertTrue(told.startsWith("...") && told.endsWith("/ä/name") && told.length() > 100, told);
    }

    @Test
    void aFlushIsToldWhenItHasBeenReplayed() {
        ask(5, 9);
        board.tell(insight, 8);
        assertEquals(RingLayout.ANSWER_AWAITED, ring.getInt(FLUSH));
        board.tell(insight, 9);
        assertEquals(RingLayout.ANSWER_GIVEN, ring.getInt(FLUSH));
        assertEquals(10, ring.getLong(FLUSH + RingLayout.FLUSH_FOUND));
        assertEquals(20, ring.getLong(FLUSH + RingLayout.FLUSH_FOUND + 8));
        assertEquals(30, ring.getLong(FLUSH + RingLayout.FLUSH_FOUND + 16));
    }

    @Test
    void aFlushOfNothingMappedFoundNothing() {
        ask(6, 9);
        board.tell(insight, 9);
        assertEquals(-1, ring.getLong(FLUSH + RingLayout.FLUSH_FOUND));
    }

    private void ask(int thread, long stamp) {
        ring.putInt(FLUSH + RingLayout.FLUSH_THREAD, thread);
        ring.putLong(FLUSH + RingLayout.FLUSH_STAMP, stamp);
        ring.putInt(FLUSH, RingLayout.ANSWER_AWAITED);
        ring.putInt(RingLayout.FLUSHERS_WAIT, 1);
    }
}
