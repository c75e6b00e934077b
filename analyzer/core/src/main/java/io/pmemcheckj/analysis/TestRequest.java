package io.pmemcheckj.analysis;

import io.pmemcheckj.findings.RuleCatalogue;
import io.pmemcheckj.findings.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How a test of the program is to be judged: the test's name, then {@code key=value} lines, of which keys may repeat. */
final class TestRequest {
    private static final Set<String> KEYS = Set.of(
            "what",
            "fail-on",
            "rules",
            "domain",
            "segments",
            "exclude-segments",
            "no-stores",
            "suppressions",
            "baseline");

    private final String name;
    private final Map<String, List<String>> values = new HashMap<>();

    /** @throws UsageException for a line that says nothing */
    TestRequest(String text) {
        String[] lines = text.split("\n");
        name = lines[0];
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            int equals = line.indexOf('=');
            if (equals < 0 || !KEYS.contains(line.substring(0, equals))) {
                throw new UsageException("a test cannot ask for '" + line + "'");
            }
            values.computeIfAbsent(line.substring(0, equals), key -> new ArrayList<>())
                    .add(line.substring(equals + 1));
        }
    }

    String name() {
        return name;
    }

    private List<String> all(String key) {
        return values.getOrDefault(key, List.of());
    }

    private String value(String key, String otherwise) {
        return all(key).isEmpty() ? otherwise : all(key).get(0);
    }

    /** @throws UsageException for an unknown rule */
    AnalysisOptions options() {
        return new AnalysisOptions(
                value("domain", "auto"),
                rules(),
                List.of(),
                null,
                OrderHabits.DEFAULT,
                all("segments"),
                all("exclude-segments"));
    }

    private Set<String> rules() {
        RuleCatalogue catalogue = RuleCatalogue.load();
        Set<String> enabled = new TreeSet<>(catalogue.defaultIds());
        for (String change : all("rules")) {
            String id = change.substring(Math.min(1, change.length()));
            if (!change.startsWith("+") && !change.startsWith("-")) {
                throw new UsageException("rules: write \"+" + change + "\" to switch the rule on or \"-" + change
                        + "\" to switch it off");
            }
            if (catalogue.find(id).isEmpty()) {
                throw new UsageException("rules: there is no rule '" + id + "'; 'pmemcheck-j explain' lists them");
            }
            if (change.startsWith("+")) {
                enabled.add(id);
            } else {
                enabled.remove(id);
            }
        }
        return enabled;
    }

    /** @throws UsageException for an unknown severity */
    Severity failOn() {
        String wanted = value("fail-on", Severity.ERROR.id());
        return Arrays.stream(Severity.values())
                .filter(severity -> severity.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new UsageException("fail-on: must be error, warning or note; not " + wanted));
    }

    /** Files that say what is no fault. */
    List<Path> suppressions() {
        return all("suppressions").stream().map(Path::of).toList();
    }

    /** File of the findings that do not count, or null. */
    Path baseline() {
        return all("baseline").isEmpty() ? null : Path.of(value("baseline", ""));
    }

    /** What is judged, in a word. */
    String what() {
        return value("what", "test");
    }

    /** Whether a test that maps a file and stores nothing is as it should be. */
    boolean mayStoreNothing() {
        return value("no-stores", "false").equals("true");
    }
}
