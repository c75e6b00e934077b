package io.pmemcheckj.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.analysis.Check;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes of files' names and lengths, and what makes them durable. */
class FileMetadataTest {
    private static final String CREATE = "file-named 1 @3 device=1 inode=5 directory=4 path=\"/data/a\"\n";
    private static final String RESIZE = "file-size 1 @4 device=1 inode=5 length=4096\n";
    private static final String MAP = "map 1 @5 0x10000 4096 device=1 inode=5 offset=0 flags=none path=\"/data/a\"\n";
    private static final String MAP_SYNC =
            "map 1 @5 0x10000 4096 device=1 inode=5 offset=0 flags=sync path=\"/data/a\"\n";
    private static final String STORE = "store 1 @6 0x10000 8\n";
    private static final String CLEAN = "set-clean 1 @6 0x10000 8\n";
    private static final String RENAME = "file-named 1 @8 device=1 inode=5 directory=4 path=\"/data/b\" renamed\n";
    private static final String FORCE = "force-begin 1 @7 0x10000 8\nforce-end 1\n";

    private static String fileForce(int inode) {
        return "file-force-begin 1 @9 device=1 inode=" + inode + "\nforce-end 1\n";
    }

    private static void expect(String events, String... findings) {
        assertEquals(List.of(findings), Check.findings(events));
    }

    @Test
    void changesAreReportedWhereTheyWereMade() {
        Report report = Check.report(CREATE + RESIZE + MAP + STORE + CLEAN + RENAME);
        assertEquals(
                List.of("unsynced-metadata:3 x1 0B", "unsynced-metadata:4 x1 0B", "unsynced-metadata:8 x1 0B"),
                Check.summarize(report));
        List<Finding> findings = report.findings();
        assertEquals(
                "/data/a was created here, and neither the file nor its folder was synced afterwards; after a crash it can be"
                        + " missing.",
                findings.get(0).message());
        assertEquals(
                "/data/a was resized here, and it was not synced afterwards; after a crash it can have its old length.",
                findings.get(1).message());
        assertEquals(
                "/data/a was renamed to /data/b here, and neither the file nor its folder was synced afterwards; after a"
                        + " crash it can have its old name.",
                findings.get(2).message());
        assertTrue(findings.get(2).fix().contains("force(true)"));
        assertEquals("/data/a", findings.get(0).segment().path());
    }

    @Test
    void cuttingAFileThatIsNotMappedAnyMoreIsNone() {
        String cut = RESIZE.replace("length=4096", "length=64");
        String grown = RESIZE.replace("length=4096", "length=1048576");

        expect(MAP + STORE + FORCE + "unmap 1 @6 0x10000 4096\n" + cut);
        expect(MAP + STORE + FORCE + cut, "unsynced-metadata:4 x1 0B");
        expect(MAP + STORE + FORCE + "unmap 1 @6 0x10000 4096\n" + grown, "unsynced-metadata:4 x1 0B");
    }

    @Test
    void changesAtOneLineAreOneFinding() {
        Report report = Check.report(CREATE + RESIZE.replace("@4", "@3") + MAP + STORE + CLEAN);
        assertEquals(List.of("unsynced-metadata:3 x2 0B"), Check.summarize(report));
        assertTrue(report.findings().get(0).message().contains("created and resized here"));
    }

    @Test
    void filesOfOneLineAreOneFinding() {
        String other = (CREATE + MAP + STORE + CLEAN)
                .replace("inode=5", "inode=6")
                .replace("/a", "/c")
                .replace("0x1", "0x2");
        Report report = Check.report(CREATE + MAP + STORE + CLEAN + other);
        assertEquals(List.of("unsynced-metadata:3 x2 0B"), Check.summarize(report));
        assertTrue(report.findings().get(0).message().startsWith("/data/a and 1 other file were created here"));
    }

    @Test
    void onlyFilesThatWereStoredToCount() {
        expect(CREATE + RESIZE + RENAME);
        expect(CREATE + MAP);
        expect(CREATE + "map 1 @5 0x10000 4096 device=1 inode=5 offset=0 flags=read-only path=\"/data/a\"\n" + STORE);
        expect(
                CREATE + MAP + "file-store 1 @6 device=1 inode=5 offset=0 length=8\n" + CLEAN,
                "unsynced-metadata:3 x1 0B");
    }

    @Test
    void missingForceOfTheContentIsTheCauseOfUnsyncedCreationAndLength() {
        expect(CREATE + RESIZE + MAP + STORE, "unflushed-store:6 x1 8B");
        expect(CREATE + RESIZE + MAP + STORE + RENAME, "unflushed-store:6 x1 8B", "unsynced-metadata:8 x1 0B");
    }

    @Test
    void forceOfTheFileSyncsAll() {
        expect(CREATE + RESIZE + MAP + STORE + RENAME + fileForce(5));
        expect(CREATE + RESIZE + fileForce(5) + MAP + STORE + CLEAN);
        expect(CREATE + RESIZE + MAP + STORE + RENAME + FORCE);
        expect(CREATE + MAP + STORE + CLEAN + "file-store 1 @7 device=1 inode=5 offset=0 length=8 durable\n");
    }

    @Test
    void forceOfAnotherFileDoesNot() {
        expect(CREATE + MAP + STORE + CLEAN + fileForce(6), "unsynced-metadata:3 x1 0B");
        expect(
                CREATE + MAP + STORE + CLEAN
                        + "map 1 @5 0x20000 4096 device=1 inode=9 offset=0 flags=none path=\"/data/x\"\n"
                        + "force-begin 1 @7 0x20000 8\nforce-end 1\n",
                "unsynced-metadata:3 x1 0B",
                "redundant-flush:7 x1 8B");
    }

    @Test
    void forceOfTheFolderSyncsItsFiles() {
        expect(CREATE + RESIZE + MAP + STORE + CLEAN + RENAME + fileForce(4));
        String elsewhere = RENAME.replace("directory=4", "directory=7");
        expect(CREATE + MAP + STORE + FORCE + elsewhere + fileForce(4), "unsynced-metadata:8 x1 0B");
        expect(CREATE + MAP + STORE + FORCE + elsewhere + fileForce(7));
    }

    @Test
    void changesAfterOrDuringTheForceAreLeft() {
        expect(CREATE + MAP + STORE + FORCE + RENAME, "unsynced-metadata:8 x1 0B");
        expect(
                MAP + STORE + "file-force-begin 1 @9 device=1 inode=5\n" + RENAME.replace("1 @8", "2 @8")
                        + "force-end 1\n",
                "unsynced-metadata:8 x1 0B");
        expect(
                MAP + STORE + "force-begin 1 @9 0x10000 8\n" + RENAME.replace("1 @8", "2 @8") + "force-end 1\n",
                "unsynced-metadata:8 x1 0B");
    }

    @Test
    void forceSyncsOnlyWhatChangedBeforeItBegan() {
        expect(
                CREATE + MAP + STORE + "file-force-begin 1 @9 device=1 inode=5\n" + RENAME.replace("1 @8", "2 @8")
                        + "force-end 1\n",
                "unsynced-metadata:8 x1 0B");
        expect(
                CREATE + MAP + STORE + CLEAN + "file-force-begin 1 @9 device=1 inode=4\n"
                        + RENAME.replace("1 @8", "2 @8") + "force-end 1\n",
                "unsynced-metadata:8 x1 0B");
    }

    @Test
    void failedForceSyncsNothing() {
        expect(
                CREATE + MAP + STORE + CLEAN + "file-force-begin 1 @9 device=1 inode=5\nforce-end 1 failed\n",
                "unsynced-metadata:3 x1 0B");
    }

    @Test
    void storeToASyncMappingSyncsFileAndLengthButNotItsName() {
        String flushed = STORE + FORCE;
        expect(CREATE + RESIZE + MAP_SYNC + flushed);
        expect(CREATE + MAP_SYNC + STORE + FORCE + RESIZE, "unsynced-metadata:4 x1 0B");
        expect(CREATE + MAP_SYNC + flushed + RESIZE + flushed);
        expect(CREATE + MAP_SYNC + flushed + RENAME + flushed, "unsynced-metadata:8 x1 0B");
        expect(CREATE + MAP_SYNC + flushed + RENAME + fileForce(4));
        expect(CREATE + MAP_SYNC + "internal 1\n" + STORE + "internal 1 end\n");
    }

    @Test
    void fileThatIsGoneNeedsNoSync() {
        String remove = "file-removed 1 @9 device=1 inode=5 path=\"/data/a\"\n";
        expect(CREATE + MAP + STORE + CLEAN + remove);
        expect(CREATE + MAP + STORE + CLEAN + remove + RESIZE);
        expect(CREATE + remove + RESIZE + MAP + STORE + CLEAN + RESIZE);
        expect(MAP + STORE + CLEAN + remove + RESIZE);
        expect(CREATE + MAP + STORE + CLEAN + remove.replace("/data/a", "/data/link"), "unsynced-metadata:3 x1 0B");
        expect(CREATE + MAP + STORE + CLEAN + RENAME + remove.replace("/data/a", "/elsewhere/../data/b"));
    }

    @Test
    void fileWhoseNameAnotherTookIsGone() {
        String replacement = "file-named 1 @9 device=1 inode=6 directory=4 path=\"/data/a\" renamed\n";
        expect(CREATE + MAP + STORE + CLEAN + replacement);
        expect(
                CREATE + MAP + STORE + CLEAN + RENAME + replacement,
                "unsynced-metadata:3 x1 0B",
                "unsynced-metadata:8 x1 0B");
    }

    @Test
    void identityThatIsGivenAwayAgainIsAnotherFile() {
        String again = CREATE.replace("@3", "@13").replace("/a", "/c");
        expect(CREATE + MAP + STORE + CLEAN + "unmap 1 @7 0x10000 4096\n" + again);
        String mapped = MAP.replace("/a", "/c") + STORE + CLEAN;
        expect(
                CREATE + MAP + STORE + CLEAN + "unmap 1 @7 0x10000 4096\n" + again + mapped,
                "unsynced-metadata:13 x1 0B");
        expect(CREATE + MAP + STORE + CLEAN + "unmap 1 @7 0x10000 4096\n" + mapped);
    }

    @Test
    void fileMadeAnewIsAnotherSegment() {
        String unmap = "unmap 1 @7 0x10000 4096\n";
        String remove = "file-removed 1 @9 device=1 inode=5 path=\"/data/a\"\n";
        Report report = Check.report(MAP + STORE + unmap + remove + CREATE + MAP + "store 1 @16 0x10000 8\n" + FORCE);
        assertEquals(List.of("unflushed-store:6 x1 8B"), Check.summarize(report));
        assertEquals(2, report.segments().size());
        assertEquals(
                1, Check.report(MAP + STORE + unmap + CREATE + MAP).segments().size());
    }

    @Test
    void renamedFileIsTheSameSegment() {
        Report report =
                Check.report(MAP + STORE + CLEAN + "unmap 1 @7 0x10000 4096\n" + RENAME + MAP.replace("/a", "/b"));
        assertEquals(1, report.segments().size());
        assertEquals(List.of("unsynced-metadata:8 x1 0B"), Check.summarize(report));
    }

    @Test
    void filesThatAreNeverMappedAreForgotten() {
        StringBuilder many = new StringBuilder(CREATE);
        for (int i = 0; i < 70_000; i++) {
            many.append("file-named 1 @3 device=1 inode=").append(100 + i).append(" directory=4 path=\"/data/x\"\n");
        }
        expect(many + MAP + STORE + CLEAN);
    }
}
