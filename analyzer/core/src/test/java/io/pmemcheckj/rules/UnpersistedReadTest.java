package io.pmemcheckj.rules;

import static io.pmemcheckj.analysis.Check.MAPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.analysis.AnalysisOptions;
import io.pmemcheckj.analysis.Check;
import io.pmemcheckj.findings.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads 1 and 2; object 0xa is a lock or a queue between them, 0xff01 and 0xff02 are the threads themselves. */
class UnpersistedReadTest {
    private static final String START = "property \"loads\" \"true\"\n" + MAPPED
            + "acquire 1 - 0xff01\nrelease 1 @1 0xff02\nacquire 2 - 0xff02\nload 2 @2 0x10800 8\n";
    private static final String PERSIST = "force-begin 1 @20 0x10000 64\nforce-end 1\n";
    private static final String STORE = "store 1 @10 0x10000 8\n";
    private static final String LOAD = "load 2 @30 0x10000 8\n";
    private static final String OVER = "release 1 @15 0xa\n";
    private static final String TAKEN = "acquire 2 @25 0xa\n";
    private static final String FOUND = "unpersisted-read:30 x1 8B";

    private static List<String> findings(String events) {
        return Check.summarize(report(events));
    }

    private static Report report(String events) {
        return Check.report(List.of("unpersisted-read"), START + events + "end\n");
    }

    @Test
    void readWhilePending() {
        Report report = report(STORE + LOAD + PERSIST);

        assertEquals(List.of(FOUND), Check.summarize(report));
        assertEquals(
                List.of(10, 20),
                report.findings().get(0).related().stream()
                        .map(other -> other.location().line())
                        .toList());
    }

    @Test
    void neverPersistent() {
        Report report = report(STORE + LOAD);

        assertEquals(List.of(FOUND), Check.summarize(report));
        assertEquals(1, report.findings().get(0).related().size());
    }

    @Test
    void handedOverBeforeTheFenceAndReadAfterIt() {
        assertEquals(List.of(FOUND), findings(STORE + OVER + PERSIST + TAKEN + LOAD));
    }

    @Test
    void handedOverAfterTheFence() {
        assertEquals(List.of(), findings(STORE + PERSIST + OVER + TAKEN + LOAD));
    }

    @Test
    void handedOverByWayOfAThird() {
        String third = "acquire 3 - 0xa\nrelease 3 - 0xb\n";
        assertEquals(List.of(), findings(STORE + PERSIST + OVER + third + "acquire 2 - 0xb\n" + LOAD));
        assertEquals(List.of(FOUND), findings(STORE + OVER + third + PERSIST + "acquire 2 - 0xb\n" + LOAD));
    }

    @Test
    void persistedByAnotherWhoHandsOver() {
        String flusher = "acquire 3 - 0xa\nforce-begin 3 @21 0x10000 64\nforce-end 3\nrelease 3 - 0xb\n";
        assertEquals(List.of(), findings(STORE + OVER + flusher + "acquire 2 - 0xb\n" + LOAD));
    }

    @Test
    void forcedByTwoAtOnce() {
        String store = "store 1 @10 0x100000 8\n";
        String other = "force-begin 3 @21 0x100100 8\nforce-end 3\n";
        String load = OVER + TAKEN + "load 2 @30 0x100000 8\n";
        String shared = "load 2 @2 0x100800 8\n";
        assertEquals(
                List.of(),
                findings(shared + store + "force-begin 1 @20 0x100000 8\n" + other + "force-end 1\n" + load));
        assertEquals(List.of(FOUND), findings(shared + store + other + load), "told by who did not force");
    }

    @Test
    void anotherWindowThanThatOfTheHandOver() {
        assertEquals(List.of(), findings(OVER + TAKEN + STORE + PERSIST + LOAD));
    }

    @Test
    void handedOverInMappedMemory() {
        String flag = "store 1 @16 0x10400 8 atomic\nforce-begin 1 @17 0x10400 8\nforce-end 1\n";
        assertEquals(List.of(), findings(STORE + PERSIST + flag + "load 2 @29 0x10400 8\n" + LOAD));
    }

    @Test
    void itsOwnStore() {
        assertEquals(List.of(), findings(STORE + "load 1 @30 0x10000 8\n" + PERSIST));
    }

    @Test
    void theReaderPersistsBeforeItActs() {
        String helps = "force-begin 2 @31 0x10000 64\nforce-end 2\n";
        assertEquals(List.of(), findings(STORE + LOAD + helps));
        assertEquals(List.of(FOUND), findings(STORE + LOAD + "store 2 @32 0x10200 8\n" + helps));
    }

    @Test
    void theReaderForcesWhatAnotherForceWasFasterWith() {
        String forces = "force-begin 2 @31 0x10000 64\nforce-end 2\n";
        assertEquals(List.of(), findings(STORE + LOAD + PERSIST + forces));
        assertEquals(List.of(), findings(STORE + OVER + PERSIST + TAKEN + LOAD + forces));
        assertEquals(
                List.of(FOUND), findings(STORE + OVER + PERSIST + TAKEN + LOAD + "store 2 @32 0x10200 8\n" + forces));
    }

    @Test
    void aFileSetUpBeforeTheReaderStarted() {
        String setUp = "property \"loads\" \"true\"\n" + MAPPED + "acquire 1 - 0xff01\n" + STORE
                + "release 1 @1 0xff02\nacquire 2 - 0xff02\n" + LOAD;
        assertEquals(List.of(), Check.summarize(Check.report(List.of("unpersisted-read"), setUp + "end\n")));
        String again = setUp + STORE + LOAD;
        assertEquals(List.of(FOUND), Check.summarize(Check.report(List.of("unpersisted-read"), again + "end\n")));
    }

    @Test
    void stillThereInAnOrdinaryFile() {
        assertEquals(
                List.of("unpersisted-read:30 x1 8B"),
                findings("store 1 @10 0x100000 8\nload 2 @30 0x100000 8\nforce-begin 1 @20 0x100000 8\nforce-end 1\n"));
    }

    @Test
    void visibleIsPersistentWhereCachesAre() {
        String trace = START + STORE + OVER + TAKEN + LOAD + "end\n";
        assertEquals(
                List.of(),
                Check.summarize(Check.report(AnalysisOptions.of("eadr", Set.of("unpersisted-read")), trace)));
    }

    @TempDir
    Path folder;

    private List<String> recovery(String before, String after) throws Exception {
        Path trace = Files.writeString(
                folder.resolve("before.txt"),
                (MAPPED + before + "end\n").replaceAll("@(\\d+)", "app.Main.run(Main.java:$1)"));
        AnalysisOptions options =
                AnalysisOptions.of("auto", Set.of("unpersisted-read")).after(trace);
        Report report = Check.report(options, "property \"loads\" \"true\"\n" + MAPPED + after + "end\n");
        assertEquals(List.of(), report.run().problems());
        return Check.summarize(report);
    }

    @Test
    void recoveryReadsWhatWasNeverPersistent() throws Exception {
        assertEquals(List.of("unpersisted-read:40 x1 8B"), recovery(STORE, "load 1 @40 0x10000 8\n"));
        assertEquals(List.of(), recovery(STORE + PERSIST, "load 1 @40 0x10000 8\n"));
        assertEquals(List.of(), recovery(STORE, "store 1 @39 0x10000 8\nload 1 @40 0x10000 8\n"));
    }

    @Test
    void recoveryReadsWhatItsGuardDoesNotGuard() throws Exception {
        String flag = "store 1 @11 0x10040 8\n";
        String both = "force-begin 1 @20 0x10000 128\nforce-end 1\n";
        String reads = "guard-site @41\nload 1 @41 0x10040 8\nload 1 @42 0x10000 8\n";
        assertEquals(List.of("unpersisted-read:42 x1 8B"), recovery(STORE + flag + both, reads));
        assertEquals(List.of(), recovery(STORE + PERSIST + flag + both, reads));
        assertEquals(List.of(), recovery(flag + STORE + both, reads), "stored after what is looked at first");
        assertEquals(List.of(), recovery(STORE + flag + both, reads.replace("guard-site @41\n", "")));
    }

    @Test
    void twoInOneLineKeepTheirOrder() throws Exception {
        String before = STORE + "store 1 @11 0x10008 8\n" + PERSIST;
        assertEquals(List.of(), recovery(before, "guard-site @41\nload 1 @41 0x10008 8\nload 1 @42 0x10000 8\n"));
    }

    @Test
    void anotherFileIsAProblem() throws Exception {
        Path trace = Files.writeString(folder.resolve("before.txt"), "end\n");
        AnalysisOptions options =
                AnalysisOptions.of("auto", Set.of("unpersisted-read")).after(trace);
        Report report = Check.report(options, "property \"loads\" \"true\"\n" + MAPPED + "end\n");
        assertTrue(
                report.run().problems().toString().contains("no file was mapped"),
                () -> report.run().problems().toString());
        Report without = Check.report(options, MAPPED + "end\n");
        assertTrue(
                without.run().problems().toString().contains("--loads"),
                () -> without.run().problems().toString());
    }
}
