package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which Java threads hand something over is seen: none is an alarm when done right, each is when done too early. */
class HandOverIT {
    @TempDir
    private Path folder;

    static Stream<Arguments> runs() {
        return Jdks.all().stream().flatMap(jdk -> Stream.of("right", "late").map(how -> Arguments.of(jdk, how)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void everyWay(Jdks.Jdk jdk, String how) throws Exception {
        Checker checker = new Checker(jdk, folder);
        List<Path> program = Compile.program("handover", 17, folder.resolve("classes"));

        Run run = checker.run(
                List.of("--no-progress", "--loads"),
                List.of(
                        "-Xverify:all",
                        "-cp",
                        Compile.classPath(program),
                        "HandOver",
                        folder.resolve("data").toString(),
                        how));

        assertTrue(run.stdout().matches("\\d+ ways\n"), run::describe);
        assertEquals(0, run.exit(), run::describe);
        long ways = Long.parseLong(run.stdout().split(" ")[0]);
        long reads = Checker.findings(checker.report()).stream()
                .filter(finding -> finding.rule().equals("unpersisted-read"))
                .mapToLong(Mark::occurrences)
                .sum();
        assertEquals(how.equals("late") ? ways : 0, reads, run::describe);
    }
}
