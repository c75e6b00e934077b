package io.pmemcheckj.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip, unpacked where there is neither a clone nor Maven. */
class DistributionIT {
    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void unpack() throws IOException {
        Path zip = Path.of(System.getProperty("pmemcheckj.zip"));
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true));
                Stream<Path> entries = Files.walk(files.getPath("/"))) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                Path file = folder.resolve(entry.toString().substring(1));
                if (Files.isDirectory(entry)) {
                    Files.createDirectories(file);
                } else {
                    Files.copy(entry, file);
                    Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(entry));
                }
            }
        }
        home = folder.resolve("pmemcheck-j-" + Version.number());
    }

    @Test
    void theLauncherWorksThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("pmemcheck-j"), home.resolve("bin/pmemcheck-j"));
        assertEquals("pmemcheck-j " + Version.number() + "\n", run(link.toString(), "--version"));
        assertTrue(run(link.toString(), "explain").contains("unflushed-store"));
        for (String file : List.of("LICENSE", "README.md", "CHANGELOG.md", "lib/pmemcheck-j.jar")) {
            assertTrue(Files.isRegularFile(home.resolve(file)), file);
        }
    }

    @Test
    void eachCommandHasAPageThatGroffTakes() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/groff")), "groff");
        Path pages = home.resolve("share/man/man1");
        for (String command :
                List.of("", "-run", "-analyze", "-crash", "-dump", "-report", "-explain", "-doctor", "-watch")) {
            String page = pages.resolve("pmemcheck-j" + command + ".1").toString();
            assertEquals("", run("groff", "-man", "-ww", "-z", page));
        }
        String text = run(
                "groff",
                "-man",
                "-Tascii",
                "-P-c",
                pages.resolve("pmemcheck-j-run.1").toString());
        String plain = text.replaceAll(".\b", ""); // struck twice: bold
        assertTrue(plain.contains("--fail-on=SEVERITY"), plain);
        assertTrue(plain.contains("--emulate-pmem[=DIR,...]"), plain);
        assertTrue(plain.contains("pmemcheck-j run [OPTIONS] -- JAVA_ARGUMENTS..."), plain);
    }

    @Test
    void bashCompletesOptions() throws Exception {
        Path completion = home.resolve("share/bash-completion/completions/pmemcheck-j");
        String script = "source '" + completion + "'; COMP_WORDS=(pmemcheck-j run --fail); COMP_CWORD=2; "
                + "_complete_pmemcheck-j 2>/dev/null; echo \"${COMPREPLY[@]}\"";
        assertEquals("--fail-on\n", run("bash", "-c", script));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
