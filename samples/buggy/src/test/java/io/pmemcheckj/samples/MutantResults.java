package io.pmemcheckj.samples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The results of all mutants as a page. */
final class MutantResults {
    /** A mutant and what became of it. */
    record Result(Mutant mutant, MutantRun run) {
        private boolean serious() {
            return !run.serious().isEmpty();
        }

        private boolean costOnly() {
            return !serious() && run.found();
        }

        /** Of a mutant that was not found; what nobody judged is missed. */
        private Optional<Mutant.Verdict> verdict() {
            return run.found()
                    ? Optional.empty()
                    : Optional.of(
                            mutant.judgement().map(Mutant.Judgement::verdict).orElse(Mutant.Verdict.MISSED));
        }

        private boolean is(Mutant.Verdict verdict) {
            return verdict().equals(Optional.of(verdict));
        }

        /** Why this is not what the source says of the mutant, empty if it is. */
        String surprise() {
            if (run.found() == mutant.judgement().isEmpty()) {
                return "";
            }
            return mutant.describe()
                    + (run.found()
                            ? ": found, though its source says that it is not: " + run.findings()
                            : ": not found, and its source does not say why");
        }
    }

    private final Map<String, MutantRun> originals;
    private final List<Result> results;

    MutantResults(Map<String, MutantRun> originals, List<Result> results) {
        this.originals = originals;
        this.results = results;
    }

    String page() {
        StringBuilder page = new StringBuilder("""
                # Mutants

                Four correct programs over persistent memory (`src/test/programs/mutants`), each with one mistake put in at a time: a store,
                flush, fence, force or logging call is dropped, done twice (duplicate), exchanged with the next one of its block (swap),
                moved behind the next one, or postponed to the end of its block. Every mutant runs under the tool as a user would run it, with the
                rule `overwritten-store` added to the default ones. This page is the output of

                    ./mvnw -B verify -pl samples/buggy -am -Dit.test=MutantsIT -Dtest=none -Dmutants=all \\
                        -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false

                "Found" counts mutants with an error or a warning, "cost" those with notes only. Those without a finding were judged by hand, and the
                judgement stands in front of the statement in the program's source: "equivalent" ones leave nothing worse after a crash and cost
                no more, "functional" ones are wrong without a crash, too, and for the program's own tests to find, "missed" ones do harm and are not
                seen. The share is that of found and cost in all but the equivalent and functional ones.

                """);
        table(page, "program", result -> result.mutant().program());
        table(page, "change", result -> result.mutant().change().toString());
        table(page, "kind of statement", result -> result.mutant().kind().toString());
        rules(page);
        page.append("## False alarms on the programs as they are\n\n");
        originals.forEach((program, run) -> page.append("- ")
                .append(program)
                .append(": ")
                .append(run.found() ? run.findings().toString() : "none")
                .append('\n'));
        list(page, "Missed", Mutant.Verdict.MISSED);
        list(page, "Equivalent", Mutant.Verdict.EQUIVALENT);
        list(page, "Functional", Mutant.Verdict.FUNCTIONAL);
        return page.toString();
    }

    private void table(StringBuilder page, String head, Function<Result, String> by) {
        page.append("| ")
                .append(head)
                .append(" | mutants | found | cost | missed | share | equivalent | functional |\n");
        page.append("|---|---:|---:|---:|---:|---:|---:|---:|\n");
        Map<String, List<Result>> groups =
                results.stream().collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()));
        groups.forEach((name, group) -> row(page, name, group));
        row(page, "all", results);
        page.append('\n');
    }

    private static void row(StringBuilder page, String name, List<Result> group) {
        long found = count(group, Result::serious);
        long cost = count(group, Result::costOnly);
        long missed = count(group, result -> result.is(Mutant.Verdict.MISSED));
        long relevant = found + cost + missed;
        page.append("| ").append(name);
        for (long number : new long[] {group.size(), found, cost, missed}) {
            page.append(" | ").append(number);
        }
        page.append(" | ").append(relevant == 0 ? "" : 100 * (found + cost) / relevant + "%");
        page.append(" | ").append(count(group, result -> result.is(Mutant.Verdict.EQUIVALENT)));
        page.append(" | ").append(count(group, result -> result.is(Mutant.Verdict.FUNCTIONAL)));
        page.append(" |\n");
    }

    private static long count(List<Result> group, Predicate<Result> which) {
        return group.stream().filter(which).count();
    }

    private void rules(StringBuilder page) {
        Map<String, Integer> mutantsOfRule = new TreeMap<>();
        for (Result result : results) {
            List<String> rules = new ArrayList<>(result.run().serious());
            rules.addAll(result.run().notes());
            rules.forEach(rule -> mutantsOfRule.merge(rule, 1, Integer::sum));
        }
        page.append("| rule | mutants it found |\n|---|---:|\n");
        mutantsOfRule.forEach((rule, mutants) ->
                page.append("| ").append(rule).append(" | ").append(mutants).append(" |\n"));
        page.append('\n');
    }

    private void list(StringBuilder page, String title, Mutant.Verdict verdict) {
        page.append("\n## ").append(title).append("\n\n");
        results.stream()
                .filter(result -> result.is(verdict))
                .forEach(result -> page.append("- ")
                        .append(result.mutant().describe())
                        .append(": ")
                        .append(result.mutant()
                                .judgement()
                                .map(Mutant.Judgement::reason)
                                .orElse("not judged"))
                        .append('\n'));
    }
}
