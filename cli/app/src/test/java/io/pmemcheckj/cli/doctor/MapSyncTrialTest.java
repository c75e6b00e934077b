package io.pmemcheckj.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real file system, with DAX or without. */
class MapSyncTrialTest {
    @TempDir
    Path folder;

    @Test
    void aFileStaysAsItIs() throws IOException {
        Path file = Files.writeString(folder.resolve("data"), "contents");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        assertTrue(MapSyncTrial.ofFile(file).isTried());
        assertEquals("contents", Files.readString(file));
        assertEquals(1_000_000, Files.getLastModifiedTime(file).toMillis());
    }

    @Test
    void aFolderIsLeftEmpty() throws IOException {
        MapSync trial = MapSyncTrial.inFolder(folder);
        assertTrue(trial.isTried(), trial.toString());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void bothTrialsAgree() throws IOException {
        Path file = Files.writeString(folder.resolve("data"), "contents");
        assertEquals(
                MapSyncTrial.inFolder(folder).result(),
                MapSyncTrial.ofFile(file).result());
    }

    @Test
    void anEmptyFileProvesNothing() throws IOException {
        assertEquals(
                MapSync.notTried("the file is empty"), MapSyncTrial.ofFile(Files.createFile(folder.resolve("data"))));
    }

    @Test
    void aFolderThatIsNotThereIsNoFailure() {
        assertEquals("not-tried", MapSyncTrial.inFolder(folder.resolve("none")).result());
        assertEquals("not-tried", MapSyncTrial.ofFile(folder.resolve("none")).result());
    }
}
