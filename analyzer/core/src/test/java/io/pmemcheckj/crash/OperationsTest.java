package io.pmemcheckj.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pmemcheckj.crash.check.ImageKeeper;
import io.pmemcheckj.crash.check.OperationChecker;
import io.pmemcheckj.crash.state.Failure;
import io.pmemcheckj.crash.state.FoundFiles;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.text.TextTraceReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The oracle that knows nothing but markers. */
class OperationsTest {
    private static final String START = "property \"values\" \"true\"\n"
            + "file-found device=1 inode=2 length=8192 path=\"/pm/a\"\n"
            + "map 1 A.main(A.java:1) 0x10000 8192 device=1 inode=2 flags=sync path=\"/pm/a\"\n";
    private static final String LABEL = "label 1 A.main(A.java:2) 0x10000 8 \"root\"\n";

    private static String store(int offset, int value, int line) {
        String address = "0x" + Integer.toHexString(0x10000 + offset);
        return "store 1 A.main(A.java:" + line + ") " + address + " 1\nvalue 1 " + address + " 0" + value + "\n"
                + "flush 1 A.main(A.java:" + line + ") " + address + " 1\nfence 1 A.main(A.java:" + line + ")\n";
    }

    private static String marker(String label) {
        return "marker 1 A.main(A.java:9) \"" + label + "\"\n";
    }

    private static List<Finding> findings(String text) throws Exception {
        TraceSource trace = visitor -> replay(text, visitor);
        FoundFiles found = new FoundFiles();
        trace.replay(found);
        Explorer explorer = new Explorer(
                new CrashOptions(null, path -> true, Failure.POWER, "exhaustive", Map.of(), 1000, 60, 1, 1, null),
                trace,
                found,
                (job, survey) -> new OperationChecker(
                        survey.labelled(), survey.memoryAtMarkers().get()),
                new ImageKeeper(Path.of("unused"), null, -1, id -> id),
                List.of());
        explorer.explore();
        return explorer.findings();
    }

    private static void replay(String text, TraceVisitor visitor) {
        try {
            TextTraceReader.read(new StringReader(text), visitor);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anOperationOfOneStepIsAtomic() throws Exception {
        assertEquals(
                List.of(), findings(START + store(0, 1, 10) + marker("a") + store(0, 2, 11) + marker("b") + "end\n"));
    }

    @Test
    void anOperationOfTwoStepsIsNot() throws Exception {
        List<Finding> findings = findings(
                START + store(0, 1, 10) + marker("a") + store(0, 2, 11) + store(64, 3, 12) + marker("b") + "end\n");
        assertEquals(
                List.of(11),
                findings.stream().map(finding -> finding.location().line()).toList());
    }

    @Test
    void whatIsPreparedNeedNotCount() throws Exception {
        String prepared = store(64, 3, 10) + marker("a") + store(128, 4, 11) + store(0, 2, 12) + marker("b") + "end\n";
        assertEquals(1, findings(START + prepared).size());
        assertEquals(List.of(), findings(START + LABEL + prepared));
    }

    @Test
    void setUpAndWhatComesAfterTheLastMarkerAreNotJudged() throws Exception {
        assertEquals(
                List.of(),
                findings(START + store(0, 1, 10) + store(64, 1, 11) + marker("a") + store(0, 2, 12) + store(64, 2, 13)
                        + "end\n"));
    }
}
