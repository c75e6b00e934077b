package io.pmemcheckj.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pmemcheckj.maven.SmallProject.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example library, gated: red for the right reason, and only for it. */
class LibraryIT {
    private static final Path QUEUE = Path.of("src/main/java/com/example/queue/DurableQueue.java");
    private static final String FORCE_SLOT = "        file.force(slot, Integer.BYTES + bytes.length);\n";
    private static final String FORCE_TAKEN = "        file.force(TAKEN, Long.BYTES);\n";

    @TempDir
    Path folder;

    @Test
    void redWithABugGreenWithTheFixGreenWithABaselineRedWithAnother() throws Exception {
        SmallProject library =
                SmallProject.copy(SmallProject.ROOT.resolve("samples/library"), folder.resolve("library"));

        library.edit(QUEUE, FORCE_SLOT, "");
        List<String> first = List.of(
                "unflushed-store " + library.place(QUEUE, "file.putInt(slot"),
                "unflushed-store " + library.place(QUEUE, "file.put(slot"));
        Build red = library.build("verify");
        assertEquals(1, red.exit(), red.log());
        assertEquals(first, library.findings(""));

        Build baseline = library.build("verify", "-Dpmemcheck-j.writeBaseline=baseline.json");
        assertEquals(0, baseline.exit(), baseline.log());
        Build accepted = library.build("verify", "-Dpmemcheck-j.baseline=baseline.json");
        assertEquals(0, accepted.exit(), accepted.log());

        library.edit(QUEUE, FORCE_TAKEN, "");
        Build another = library.build("verify", "-Dpmemcheck-j.baseline=baseline.json");
        assertEquals(1, another.exit(), another.log());
        assertEquals(List.of("unflushed-store " + library.place(QUEUE, "file.putLong(TAKEN")), library.findings(""));
    }

    @Test
    void greenAsItIsOnEachJdk() throws Exception {
        SmallProject library =
                SmallProject.copy(SmallProject.ROOT.resolve("samples/library"), folder.resolve("library"));
        for (Path jdk : jdks()) {
            Build green = library.build(jdk, "verify");
            assertEquals(0, green.exit(), green.log());
            assertEquals(List.of(), library.findings(""), green.log());
        }
    }

    /** The JDK that runs the tests, and JDK 25 where the system has one. */
    private static List<Path> jdks() throws IOException {
        Path current = Path.of(System.getProperty("java.home"));
        Path system = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(system)) {
            return List.of(current);
        }
        try (Stream<Path> others = Files.list(system)) {
            Stream<Path> newest = others.filter(
                            jdk -> jdk.getFileName().toString().contains("-25-"))
                    .limit(1);
            return Stream.concat(Stream.of(current), newest).distinct().toList();
        }
    }
}
