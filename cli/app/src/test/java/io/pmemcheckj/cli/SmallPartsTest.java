package io.pmemcheckj.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.trace.live.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallPartsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"17.0.15, 17", "25, 25", "1.8.0_402, 8", "\"21.0.1\", 21", "26-ea, 26"})
    void javaVersions(String version, int feature) {
        assertEquals(feature, JavaRuntime.parse(version));
    }

    @Test
    void javaMayBeGivenAsFolderOrName() {
        String home = System.getProperty("java.home");
        Path java = Path.of(home, "bin", "java");
        assertEquals(java, JavaRuntime.find(home, "").executable());
        assertEquals(
                java, JavaRuntime.find("java", "/nowhere:" + java.getParent()).executable());
        assertEquals(java, JavaRuntime.find(null, "").executable());
    }

    @Test
    void foregroundIsTheProcessGroupThatTheTerminalTalksTo() {
        assertTrue(Terminal.inForeground("12 (java (x) y) S 1 12 12 34816 12 4194304"));
        assertFalse(Terminal.inForeground("12 (java) S 1 12 12 34816 99 4194304"));
        assertFalse(Terminal.inForeground("12 (java) S 1 12 12 0 -1 4194304"));
    }

    @Test
    void ringGoesWhereThereIsRoom() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("tmp"));
        Path file = RingPlace.createFile(folder.resolve("no-such-folder"), elsewhere);
        assertEquals(elsewhere, file.getParent());
        assertEquals(
                "rw-------",
                java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void agentJarGetsANameThatTheJvmCanTake() throws IOException {
        Path plain = folder.resolve("a.jar");
        assertEquals(plain, OwnJar.forAgent(plain, folder));
        Path strange =
                Files.writeString(Files.createDirectory(folder.resolve("x=y")).resolve("a.jar"), "jar");
        Path link = OwnJar.forAgent(strange, folder);
        assertFalse(link.toString().contains("="));
        assertEquals("jar", Files.readString(link));
    }

    @Test
    void rulesAreSwitchedOneByOne() {
        Set<String> usual = RuleSelection.of(List.of());
        assertTrue(usual.contains("redundant-flush"));
        assertFalse(usual.contains("overwritten-store"));
        Set<String> changed = RuleSelection.of(List.of("+overwritten-store", "-redundant-flush"));
        assertTrue(changed.contains("overwritten-store"));
        assertFalse(changed.contains("redundant-flush"));
        assertEquals(usual.size(), changed.size());
    }

    @Test
    void wordsAreSplitAsByAShell() {
        assertEquals(List.of("a", "b c", "d=e f", ""), Words.split(" a  'b c' d=\"e f\" ''", "x"));
    }

    @Test
    void progressIsOneLine() {
        assertEquals(
                "pmemcheck-j: 1,234,567 stores, 2 flushes, 3 bytes unpersisted, 4 findings",
                ProgressLine.text(new Figures(1_234_567, 2, 0, 0, 0, 0, 3, 4, 0, List.of())));
    }
}
