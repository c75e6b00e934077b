package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Findings keep their names, whatever JDK, thread order and layout of the source; what a gate lets pass and what not. */
class GateIT {
    private static final Path SOURCE = Checker.BASEDIR.resolve("src/test/programs/gated/Shop.java");
    private static final List<String> SEEDS = List.of("1", "2", "3");

    @TempDir
    private Path folder;

    private Path compiled(String name, String source) throws Exception {
        Path sources = Files.createDirectories(folder.resolve(name + "-source"));
        Files.writeString(sources.resolve("Shop.java"), source);
        return Compile.tree(
                Jdks.all().get(0),
                sources,
                Files.createDirectories(folder.resolve(name)),
                17,
                List.of(Checker.SAMPLES_JAR));
    }

    private Run check(Jdks.Jdk jdk, Path classes, String seed, List<String> options) throws Exception {
        Files.deleteIfExists(folder.resolve("shelf.dat"));
        List<String> all = new ArrayList<>(List.of("--no-progress", "--rules", "+overwritten-store"));
        all.addAll(options);
        return Run.of(
                folder,
                new Checker(jdk, folder)
                        .runCommand(
                                all,
                                List.of(
                                        "-cp",
                                        Compile.classPath(List.of(classes, Checker.SAMPLES_JAR.toAbsolutePath())),
                                        "Shop",
                                        folder.resolve("shelf.dat").toString(),
                                        seed)));
    }

    /** Fingerprint, rule and method of all findings, counted or not. */
    private Set<String> names(Jdks.Jdk jdk) throws Exception {
        Set<String> names = new TreeSet<>();
        JsonNode report = new Checker(jdk, folder).report();
        for (String list : List.of("findings", "suppressed")) {
            for (JsonNode finding : report.path(list)) {
                names.add(finding.get("fingerprint").asString() + " "
                        + finding.get("rule").asString() + " "
                        + finding.get("location").get("method").asString());
            }
        }
        return names;
    }

    @Test
    void fingerprintsAreTheSame() throws Exception {
        String source = Files.readString(SOURCE);
        Path original = compiled("original", source);
        // every line stands elsewhere, and no local variable has kept its name
        Path edited = compiled(
                "edited",
                "// one\n// two\n"
                        + source.replaceAll("\\bslot\\b", "where").replace("\n    private ", "\n\n\n    private "));
        Set<String> expected = null;
        for (Jdks.Jdk jdk : Jdks.all()) {
            for (String seed : SEEDS) {
                Path classes = seed.equals("2") ? edited : original;
                Run run = check(jdk, classes, seed, List.of());
                Set<String> names = names(jdk);
                assertEquals(1, run.exit(), run::describe);
                assertTrue(names.size() > 10, names::toString);
                expected = expected == null ? names : expected;
                assertEquals(expected, names, run::describe);
            }
        }
    }

    @Test
    void redGreenWithABaselineRedWithAnotherFault() throws Exception {
        String source = Files.readString(SOURCE);
        Path original = compiled("original", source);
        Path worse = compiled(
                "worse",
                source.replace(
                        "shelf.putLong(slot + 8, 2);", "shelf.putLong(slot + 8, 2);\n        shelf.putLong(slot, 3);"));
        Path baseline = folder.resolve("baseline.json");
        Path suppressions = Files.writeString(folder.resolve("suppressions.yaml"), """
                suppressions:
                - {rule: unflushed-store, class: Shop, method: sell, reason: sold elsewhere}
                - {rule: unflushed-store, class: Shop, method: rent, reason: never met}
                - {rule: redundant-flush, reason: known, until: 2020-01-01}
                """);
        for (Jdks.Jdk jdk : Jdks.all()) {
            Run first = check(jdk, original, "1", List.of("--write-baseline", baseline.toString()));
            assertEquals(1, first.exit(), first::describe);

            Run second = check(jdk, original, "2", List.of("--baseline", baseline.toString(), "--fail-on", "note"));
            assertEquals(0, second.exit(), second::describe);
            JsonNode green = new Checker(jdk, folder).report();
            assertEquals(0, green.get("findings").size());
            assertEquals(2, green.get("summary").get("suppressed").asInt(), "those of @SuppressPmem");
            assertTrue(green.get("summary").get("baselined").asInt() > 10, green::toPrettyString);

            Run third = check(jdk, worse, "3", List.of("--baseline", baseline.toString()));
            assertEquals(1, third.exit(), third::describe);
            assertEquals(1, new Checker(jdk, folder).report().get("findings").size(), third::describe);

            Run fourth = check(jdk, original, "4", List.of("--suppressions", suppressions.toString()));
            assertEquals(1, fourth.exit(), fourth::describe);
            JsonNode report = new Checker(jdk, folder).report();
            assertEquals(4, report.get("summary").get("suppressed").asInt(), "two of them by the file");
            assertEquals(1, report.get("gate").get("unusedSuppressions").size());
            assertTrue(
                    fourth.stderr().contains("unused: --suppressions")
                            || fourth.stderr().contains("unused: " + suppressions),
                    fourth::describe);
            assertTrue(fourth.stderr().contains("expired: " + suppressions), fourth::describe);
        }
    }
}
