package io.pmemcheckj.report;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Location;
import io.pmemcheckj.report.Sources.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Places in the code in SARIF's terms. */
final class SarifLocations {
    /** The root that paths of the repository are relative to. */
    static final String ROOT = "%SRCROOT%";

    private static final int CONTEXT_LINES = 3;

    private final Sources sources;
    private final Checkout checkout;

    SarifLocations(Sources sources, Checkout checkout) {
        this.sources = sources;
        this.checkout = checkout;
    }

    /** Where to show a finding: a viewer shows none without file and line, so the nearest that is known. */
    ObjectNode primary(Finding finding) {
        Stream<Location> nearest = Stream.concat(
                Stream.concat(Stream.of(finding.location()), finding.stack().stream()),
                finding.related().stream().map(Finding.Related::location));
        Optional<Location> known =
                nearest.filter(place -> place.className() != null).findFirst();
        if (known.isEmpty()) {
            return ofData(finding.segment());
        }
        Location place = known.get();
        ObjectNode location = of(place);
        ObjectNode physical = (ObjectNode) location.get("physicalLocation");
        if (!physical.has("region")) {
            physical.putObject("region").put("startLine", 1);
        }
        sources.find(place)
                .map(SourceFile::lines)
                .filter(lines -> place.line() >= 1 && place.line() <= lines.size())
                .ifPresent(lines -> addText(physical, lines, place.line()));
        return location;
    }

    /** @param place one that is known */
    ObjectNode of(Location place) {
        ObjectNode location = JsonReport.MAPPER.createObjectNode();
        ObjectNode physical = location.putObject("physicalLocation");
        addFile(physical.putObject("artifactLocation"), place);
        if (place.line() > 0) {
            physical.putObject("region").put("startLine", place.line());
        }
        String method = String.valueOf(place.method());
        location.putArray("logicalLocations")
                .addObject()
                .put("name", method)
                .put("fullyQualifiedName", place.className() + "." + method)
                .put("kind", "function");
        return location;
    }

    /**
     * A place of the story with what happened there.
     *
     * @param place one that is known
     */
    ObjectNode of(Location place, String message) {
        ObjectNode location = of(place);
        location.putObject("message").put("text", SarifText.of(message));
        return location;
    }

    /** In the repository, else where it is, else where compilers would have it below a source folder. */
    private void addFile(ObjectNode artifact, Location place) {
        Optional<SourceFile> source = sources.find(place);
        Optional<String> inRepository = source.flatMap(checkout::path);
        if (inRepository.isPresent()) {
            artifact.put("uri", UriPath.of(inRepository.get())).put("uriBaseId", ROOT);
        } else if (source.isPresent() && !source.get().path().contains("!/")) {
            artifact.put("uri", "file://" + UriPath.of(source.get().path()));
        } else {
            String guess = place.pathInPackage();
            artifact.put("uri", UriPath.of(guess == null ? place.className().replace('.', '/') : guess));
        }
    }

    private static ObjectNode ofData(Finding.Range data) {
        ObjectNode location = JsonReport.MAPPER.createObjectNode();
        String path = data == null || data.path().isEmpty() ? "unknown" : data.path();
        ObjectNode physical = location.putObject("physicalLocation");
        physical.putObject("artifactLocation").put("uri", (path.startsWith("/") ? "file://" : "") + UriPath.of(path));
        physical.putObject("region").put("startLine", 1);
        return location;
    }

    /** The line from the first character that shows to the last, and the lines around it. */
    private static void addText(ObjectNode physical, List<String> lines, int number) {
        String line = lines.get(number - 1);
        String text = line.strip();
        if (!text.isEmpty()) {
            int start = line.indexOf(text);
            ObjectNode region = (ObjectNode) physical.get("region");
            region.put("startColumn", start + 1).put("endColumn", start + text.length() + 1);
            region.putObject("snippet").put("text", text);
        }
        int first = Math.max(1, number - CONTEXT_LINES);
        int last = Math.min(lines.size(), number + CONTEXT_LINES);
        ObjectNode context =
                physical.putObject("contextRegion").put("startLine", first).put("endLine", last);
        context.putObject("snippet").put("text", String.join("\n", lines.subList(first - 1, last)) + "\n");
    }
}
