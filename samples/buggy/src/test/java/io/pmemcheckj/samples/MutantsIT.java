package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Puts mistakes into correct programs and counts how many are found. A few in each build; with {@code -Dmutants=all} all of them, and
 * the results go to {@code MUTANTS.md}.
 */
class MutantsIT {
    private static final boolean ALL = "all".equals(System.getProperty("mutants"));
    private static final List<String> PROGRAMS = List.of("AppendLog", "UndoMap", "DoubleHeader", "SlotStore");
    private static final Path SOURCES = Checker.BASEDIR.resolve("src/test/programs/mutants");
    /** Of each program, where not all run. */
    private static final int FEW = 3;

    @TempDir
    private static Path scratch;

    @Test
    void mistakesAreFoundAndCorrectProgramsAreNot() throws Exception {
        Map<String, MutantRun> originals = new LinkedHashMap<>();
        List<MutantResults.Result> results = new ArrayList<>();
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            Map<String, Future<MutantRun>> originalRuns = new LinkedHashMap<>();
            Map<Mutant, Future<MutantRun>> mutantRuns = new LinkedHashMap<>();
            for (String program : PROGRAMS) {
                List<String> lines = Files.readAllLines(SOURCES.resolve(program + ".java"));
                String source = String.join("\n", lines);
                originalRuns.put(program, two.submit(() -> run(program, source, program)));
                for (Mutant mutant : selected(Mutant.of(program, lines))) {
                    String folder = program + "-" + mutantRuns.size();
                    mutantRuns.put(mutant, two.submit(() -> run(program, mutant.source(), folder)));
                }
            }
            for (var original : originalRuns.entrySet()) {
                originals.put(original.getKey(), original.getValue().get());
            }
            for (var mutant : mutantRuns.entrySet()) {
                results.add(new MutantResults.Result(
                        mutant.getKey(), mutant.getValue().get()));
            }
        } finally {
            two.shutdownNow();
        }
        if (ALL) {
            String page = new MutantResults(originals, results).page();
            System.out.println(page);
            Files.writeString(Checker.BASEDIR.resolve("MUTANTS.md"), page);
        }
        originals.forEach((program, run) -> assertEquals(List.of(), run.findings(), program));
        assertEquals(
                "",
                results.stream()
                        .map(MutantResults.Result::surprise)
                        .filter(surprise -> !surprise.isEmpty())
                        .reduce("", (all, one) -> all + one + "\n"));
    }

    /** All, or some that lie far apart. */
    private static List<Mutant> selected(List<Mutant> mutants) {
        List<Mutant> selected = new ArrayList<>();
        int step = ALL ? 1 : mutants.size() / FEW;
        for (int i = step / 2; i < mutants.size(); i += step) {
            selected.add(mutants.get(i));
        }
        return selected;
    }

    private static MutantRun run(String program, String source, String folder)
            throws IOException, InterruptedException {
        List<String> options =
                Expectations.of(SOURCES.resolve(program + ".java")).options();
        return MutantRun.of(program, source, options, scratch.resolve(folder));
    }
}
