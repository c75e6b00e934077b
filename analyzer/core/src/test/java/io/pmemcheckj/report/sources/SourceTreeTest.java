package io.pmemcheckj.report.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.findings.Location;
import io.pmemcheckj.report.Sources.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTreeTest {
    private static final Location LOG = new Location("com.example.Log$Entry", "append", "Log.java", 2);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "src",
                "src/main/java",
                "src/test/java",
                "src/it/java22",
                "core/src/main/java",
                "libs/core/src/main/java",
                "core/src",
            })
    void aProjectIsFoundInItsWorkingFolder(String packages) throws IOException {
        write(packages + "/com/example/Log.java", "a\nb\r\nc\rd");
        SourceFile file = find(".", LOG).orElseThrow();
        assertEquals(Path.of(packages, "com/example/Log.java").normalize().toString(), file.path());
        assertEquals(List.of("a", "b", "c", "d"), file.lines());
        assertTrue(file.inTree());
    }

    @ParameterizedTest
    @CsvSource({"src/main/kotlin, Log.kt", "src/main/scala, Log.scala", "src/test/groovy, Log.groovy"})
    void otherLanguagesHaveFoldersOfTheirOwn(String packages, String name) throws IOException {
        write(packages + "/com/example/" + name, "a");
        assertTrue(find(".", new Location("com.example.Log", "append", name, 1)).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"target/src/main/java", "node_modules/x/src", ".cache/src", "a/b/c/d/e/src"})
    void whatIsNoModuleIsNotLookedInto(String packages) throws IOException {
        write(packages + "/com/example/Log.java", "a");
        assertFalse(find(".", LOG).isPresent());
    }

    @Test
    void productionCodeComesBeforeTests() throws IOException {
        write("src/test/java/com/example/Log.java", "test");
        write("src/main/java/com/example/Log.java", "main");
        assertEquals(List.of("main"), find(".", LOG).orElseThrow().lines());
    }

    @Test
    void placesAreAskedInTheirOrder() throws IOException {
        write("one/com/example/Log.java", "one");
        write("two/com/example/Log.java", "two");
        SourceTree tree = SourceTree.of(List.of(Path.of("two"), Path.of("one")), folder);
        assertEquals(List.of("two"), tree.find(LOG).orElseThrow().lines());
    }

    @Test
    void aFolderElsewhereIsNamedInFull(@TempDir Path elsewhere) throws IOException {
        Path file = elsewhere.resolve("com/example/Log.java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "a");
        SourceFile found = find(elsewhere.toString(), LOG).orElseThrow();
        assertEquals(file.toString(), found.path());
        assertFalse(found.inTree());
    }

    @Test
    void aJarOfSources() throws IOException {
        Path jar = folder.resolve("log-sources.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("com/example/Log.java"));
            zip.write("a\nb\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        SourceTree tree = SourceTree.of(List.of(Path.of("log-sources.jar")), folder);
        SourceFile found = tree.find(LOG).orElseThrow();
        assertEquals("log-sources.jar!/com/example/Log.java", found.path());
        assertFalse(found.inTree());
        assertEquals(List.of("a", "b"), found.lines());
        assertFalse(tree.find(new Location("com.example.Other", "a", "Other.java", 1))
                .isPresent());
        Files.delete(jar);
        assertTrue(tree.find(LOG).isPresent(), "it was read once");
        assertFalse(
                tree.find(new Location("com.example.Gone", "a", "Log.java", 1)).isEmpty());
    }

    @Test
    void aClassOfNoPackage() throws IOException {
        write("Main.java", "a");
        assertTrue(find(".", new Location("Main", "main", "Main.java", 1)).isPresent());
    }

    @Test
    void whatIsNotUtf8KeepsItsLines() throws IOException {
        Path file = write("com/example/Log.java", "");
        Files.write(file, new byte[] {'/', '/', (byte) 0xfc, '\n', 'x'});
        assertEquals(List.of("//\ufffd", "x"), find(".", LOG).orElseThrow().lines());
    }

    @Test
    void aHugeFileIsNone() throws IOException {
        Path file = write("com/example/Log.java", "");
        Files.write(file, new byte[SourceRoot.MOST_BYTES + 1]);
        assertFalse(find(".", LOG).isPresent());
    }

    @Test
    void aFolderInTheFilesPlaceIsNone() throws IOException {
        Files.createDirectories(folder.resolve("com/example/Log.java"));
        assertFalse(find(".", LOG).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.java", "..", "", "/etc/passwd", "a\0b", "..\\secret.java", " "})
    void noNameLeadsOutOfAFolder(String name) throws IOException {
        write("secret.java", "secret");
        write("src/com/example/Log.java", "a");
        assertFalse(find("src", new Location("com.Log", "a", name, 1)).isPresent());
        assertFalse(find("src", new Location("..com/../../.Log", "a", "secret.java", 1))
                .isPresent());
    }

    @Test
    void anUnknownPlaceHasNoSource() throws IOException {
        assertFalse(find(".", Location.UNKNOWN).isPresent());
        assertFalse(find(".", new Location("a.B", "c", null, 0)).isPresent());
    }

    @Test
    void whatIsNeitherFolderNorJarIsSaid() throws IOException {
        write("text.txt", "text");
        String message =
                assertThrows(IOException.class, () -> find("text.txt", LOG)).getMessage();
        assertEquals("text.txt is neither a folder nor a jar of sources", message);
        message = assertThrows(IOException.class, () -> find("none", LOG)).getMessage();
        assertEquals("no such folder or jar: none", message);
    }

    @Test
    void manyFilesAreNotKeptForEver() throws IOException {
        SourceTree tree = SourceTree.of(List.of(folder), folder);
        write("com/example/Log.java", "before");
        assertEquals(List.of("before"), tree.find(LOG).orElseThrow().lines());
        write("com/example/Log.java", "after");
        assertEquals(List.of("before"), tree.find(LOG).orElseThrow().lines());
        for (int i = 0; i < 300; i++) {
            tree.find(new Location("com.example.A" + i, "a", "A" + i + ".java", 1));
        }
        assertEquals(List.of("after"), tree.find(LOG).orElseThrow().lines());
    }

    private Optional<SourceFile> find(String place, Location location) throws IOException {
        return SourceTree.of(List.of(Path.of(place)), folder).find(location);
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name).normalize();
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
