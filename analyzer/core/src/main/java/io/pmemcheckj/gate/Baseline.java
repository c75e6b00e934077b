package io.pmemcheckj.gate;

import io.pmemcheckj.analysis.UsageException;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The findings that a project lives with, by their fingerprints; only others fail the gate. The file is made to be kept with
 * the code: it holds no lines, paths, dates or counts, and a fixed order, so that it changes only when findings come or go.
 */
final class Baseline {
    private static final JsonMapper MAPPER = new JsonMapper();

    private record Entry(String fingerprint, String rule, String location) {
        static Entry of(Finding finding) {
            boolean known = finding.location().className() != null;
            String place = known
                    ? finding.location().className() + "." + finding.location().method()
                    : "unknown";
            return new Entry(finding.fingerprint(), finding.rule(), place);
        }
    }

    private record Content(String schemaVersion, List<Entry> findings) {}

    private final Path path;
    private final Set<String> fingerprints;

    private Baseline(Path path, Set<String> fingerprints) {
        this.path = path;
        this.fingerprints = fingerprints;
    }

    /**
     * Reads a baseline, or a report.json in its place.
     *
     * @throws UsageException if the file cannot be read or is neither
     */
    static Baseline read(Path path) {
        JsonNode root;
        try {
            root = MAPPER.readTree(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            throw error(path, "no such file; --write-baseline makes one");
        } catch (IOException e) {
            throw error(path, "cannot be read: " + e.getMessage());
        } catch (JacksonException e) {
            throw error(path, "not valid JSON; --write-baseline makes one");
        }
        if (root == null
                || !root.path("schemaVersion").asString("").startsWith("1.")
                || !root.path("findings").isArray()) {
            throw error(path, "neither a baseline nor a report.json");
        }
        Set<String> fingerprints = new LinkedHashSet<>();
        for (JsonNode finding : root.get("findings")) {
            if (!finding.path("fingerprint").isString()) {
                throw error(path, "a finding in it has no fingerprint");
            }
            fingerprints.add(finding.get("fingerprint").asString());
        }
        for (JsonNode finding : root.path("suppressed")) { // in a report, those that an earlier baseline held
            if (finding.path("suppression").path("kind").asString("").equals(Finding.Suppression.BASELINE)) {
                fingerprints.add(finding.path("fingerprint").asString(""));
            }
        }
        return new Baseline(path, fingerprints);
    }

    boolean contains(Finding finding) {
        return fingerprints.contains(finding.fingerprint());
    }

    Finding.Suppression suppression() {
        return new Finding.Suppression(Finding.Suppression.BASELINE, null, null, path.toString());
    }

    /** How many of its findings are not among these any more. */
    int without(Stream<Finding> findings) {
        Set<String> gone = new LinkedHashSet<>(fingerprints);
        findings.forEach(finding -> gone.remove(finding.fingerprint()));
        return gone.size();
    }

    /** Writes the findings of a report that are not suppressed in another way. */
    static void write(Report report, Path path) throws IOException {
        List<Entry> entries = Stream.concat(
                        report.findings().stream(),
                        report.suppressed().stream()
                                .filter(finding -> finding.suppression().kind().equals(Finding.Suppression.BASELINE)))
                .map(Entry::of)
                .sorted(Comparator.comparing(Entry::rule)
                        .thenComparing(Entry::location)
                        .thenComparing(Entry::fingerprint))
                .toList();
        String json = MAPPER.writer()
                .with(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(new Content(Report.SCHEMA_VERSION, entries));
        Path draft = path.resolveSibling(path.getFileName() + ".part");
        Files.writeString(draft, json + "\n");
        Files.move(draft, path, StandardCopyOption.REPLACE_EXISTING);
    }

    private static UsageException error(Path path, String what) {
        return new UsageException("--baseline " + path + ": " + what);
    }
}
