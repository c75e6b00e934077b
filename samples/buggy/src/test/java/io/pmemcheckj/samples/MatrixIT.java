package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * No store unseen: every way in which Java stores to mapped memory, on each JDK, interpreted and compiled by C2. A way of
 * storing is a row in the tables of {@code src/test/programs/matrix}. For each the trace must show exactly the bytes that
 * changed, as often as they were stored, at the place in the code that stored them.
 */
class MatrixIT {
    private static final Pattern SITE = Pattern.compile("(.+)\\.([^.]+)\\((.+)\\)");

    @TempDir
    private Path folder;

    /** A run keeps one processor busy. */
    @TestFactory
    Stream<DynamicNode> everyWayOfStoring() {
        return Jdks.all().parallelStream().map(this::on).toList().stream();
    }

    private DynamicNode on(Jdks.Jdk jdk) {
        List<DynamicNode> modes = new ArrayList<>();
        try {
            Path own = folder.resolve("jdk" + jdk.version());
            MatrixProgram program = MatrixProgram.compile(jdk, own);
            for (MatrixRun.Mode mode : MatrixRun.Mode.values()) {
                MatrixRun run = MatrixRun.of(program, mode, own.resolve(mode.name()));
                modes.add(dynamicContainer(
                        mode.name(),
                        run.outcomes().stream()
                                .map(row -> dynamicTest(row.name(), () -> verify(row, run, program, mode)))));
            }
        } catch (IOException | InterruptedException | AssertionError e) {
            modes.add(dynamicTest("runs", () -> {
                throw e;
            }));
        }
        return dynamicContainer(jdk.toString(), modes);
    }

    private static void verify(MatrixRun.Outcome row, MatrixRun run, MatrixProgram program, MatrixRun.Mode mode) {
        assertEquals("", row.failure(), row::name);
        StoresInTrace.Region stored = run.stored(row);
        assertAll(
                row.name(),
                () -> assertEquals(row.changes(), ranges(stored.covered), "bytes changed"),
                () -> assertEquals(row.bytes(), stored.bytes, "bytes stored by all executions"),
                () -> assertPlaces(row, stored, program.marks()),
                () -> assertThreads(row, stored),
                () -> assertCompiled(row, stored, run, mode));
    }

    private static String ranges(BitSet bytes) {
        StringJoiner ranges = new StringJoiner(",");
        for (int from = bytes.nextSetBit(0); from >= 0; ) {
            int to = bytes.nextClearBit(from);
            ranges.add(from + "-" + to);
            from = bytes.nextSetBit(to);
        }
        return ranges.toString();
    }

    /** Every single byte is located at the one place that is expected. */
    private static void assertPlaces(MatrixRun.Outcome row, StoresInTrace.Region stored, Map<String, String> marks) {
        boolean isMarked = row.place().startsWith("STORE:");
        String expected = isMarked ? marks.get(row.place()) : row.place();
        if (expected == null) {
            throw new AssertionError("no source line ends in // " + row.place());
        }
        for (String site : stored.sites.keySet()) {
            boolean isThere = site.equals(expected)
                    || site.endsWith("(" + expected + ")") && (isMarked || site.startsWith(row.className()));
            assertTrue(isThere, () -> "expected " + expected + " but was " + stored.sites);
        }
    }

    private static void assertThreads(MatrixRun.Outcome row, StoresInTrace.Region stored) {
        for (String thread : stored.threads) {
            assertTrue(thread.matches(row.threads()), () -> "stored by " + new TreeSet<>(stored.threads));
        }
        assertTrue(stored.threads.size() >= row.threadNames(), () -> stored.threads.size() + " names of threads");
    }

    /** Makes sure that the row did what it is there for: the method that stores was compiled by C2. */
    private static void assertCompiled(
            MatrixRun.Outcome row, StoresInTrace.Region stored, MatrixRun run, MatrixRun.Mode mode) {
        if (mode != MatrixRun.Mode.COMPILED || row.executions() == 0) {
            return;
        }
        for (String site : stored.sites.keySet()) {
            Matcher parts = SITE.matcher(site);
            // for a hidden class there is no threshold of its own
            if (parts.matches() && !parts.group(1).contains("/")) {
                String method = parts.group(1) + "::" + parts.group(2);
                assertTrue(run.isCompiledByC2(method), () -> method + " was not compiled");
            }
        }
    }
}
