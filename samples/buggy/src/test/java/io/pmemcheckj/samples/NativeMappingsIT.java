package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is known of mappings that the program makes by native calls. */
class NativeMappingsIT {
    private static final int FIRST_JDK = 22;

    @TempDir
    private Path folder;

    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of("--no-progress", Map.of("PMEM_IS_PMEM_FORCE", "0"), "none"),
                Arguments.of("--no-progress", Map.of("PMEM_IS_PMEM_FORCE", "1"), "sync,emulated"),
                Arguments.of("--emulate-pmem", Map.of(), "sync,emulated"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void emulationIsForThemToo(String option, Map<String, String> environment, String flags) throws Exception {
        Jdks.Jdk jdk = Jdks.all().stream()
                .filter(found -> found.version() >= FIRST_JDK)
                .findFirst()
                .orElse(null);
        assumeTrue(jdk != null, "no JDK " + FIRST_JDK + " or later");
        Checker checker = new Checker(jdk, folder);
        Path data = Files.createDirectories(folder.resolve("data"));
        Path trace = folder.resolve("kept.trace");
        List<Path> program = Compile.program("foreign", FIRST_JDK, folder.resolve("classes"));

        Run run = Run.of(
                folder,
                environment,
                checker.runCommand(
                        List.of(option, "--fail-on", "never", "--keep-trace", trace.toString()),
                        List.of("-cp", Compile.classPath(program), "ForeignMaps", data.toString())));

        assertEquals("done\n", run.stdout(), run::describe);
        assertEquals(0, run.exit(), run::describe);
        String dump = Run.of(folder, Checker.tool("dump", trace.toString())).stdout();
        // a file without a name is no segment
        assertEquals(
                List.of("flags=" + flags + " path=\"" + data.resolve("stays") + "\""),
                dump.lines()
                        .filter(line -> line.startsWith("map "))
                        .map(line -> line.substring(line.indexOf("flags=")))
                        .map(NativeMappingsIT::withoutHowItWasFound)
                        .distinct()
                        .toList(),
                run::describe);
        assertEquals(1, dump.lines().filter(line -> line.startsWith("store ")).count());
    }

    private static String withoutHowItWasFound(String line) {
        return line.replace("flags=native ", "flags=none ").replace(",native ", " ");
    }
}
