package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A program runs on the file that it left before: {@code run --after}. */
@ParameterizedClass
@MethodSource("jdks")
class RecoveryReadsIT {
    private static final Path SOURCE = Checker.BASEDIR.resolve("src/test/programs/recovering/Recovering.java");

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    RecoveryReadsIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    private Run recoverAfter(Checker checker, String how, String data) throws Exception {
        List<String> program = List.of(
                "-cp", Compile.classPath(Compile.program("recovering", 17, folder.resolve("classes"))), "Recovering");
        String trace = folder.resolve("first.trace").toString();
        List<String> first = new ArrayList<>(program);
        first.addAll(List.of(folder.resolve("data").toString(), how));
        checker.run(List.of("--no-progress", "--emulate-pmem", "--keep-trace", trace), first);
        List<String> second = new ArrayList<>(program);
        second.addAll(List.of(folder.resolve(data).toString(), "recover"));
        return checker.run(List.of("--no-progress", "--emulate-pmem", "--after", trace), second);
    }

    private static int line(String words) throws Exception {
        List<String> lines = Files.readAllLines(SOURCE);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(words)) {
                return i + 1;
            }
        }
        throw new AssertionError("no line with " + words);
    }

    @Test
    void whatTheRunBeforeLeftUndone() throws Exception {
        Checker checker = new Checker(jdk, folder);
        Run run = recoverAfter(checker, "careless", "data");

        assertEquals("1055\n", run.stdout(), run::describe);
        List<Mark> expected = List.of(
                new Mark("Recovering.java", line("// guarded"), "unpersisted-read", 8L, 1L),
                new Mark("Recovering.java", line("// never persistent"), "unpersisted-read", 8L, 1L));
        assertEquals(expected, Checker.findings(checker.report()), run::describe);
        assertTrue(run.stderr().contains("in the run before"), run::describe);
    }

    @Test
    void nothingWhereItDidAll() throws Exception {
        Checker checker = new Checker(jdk, folder);
        Run run = recoverAfter(checker, "careful", "data");

        assertEquals(0, run.exit(), run::describe);
        assertEquals(List.of(), Checker.findings(checker.report()), run::describe);
    }

    @Test
    void anotherFileIsNoSuccessor() throws Exception {
        Checker checker = new Checker(jdk, folder);
        Run run = recoverAfter(checker, "careful", "other");

        assertEquals(3, run.exit(), run::describe);
        assertTrue(run.stderr().contains("no file was mapped that the run of"), run::describe);
    }
}
