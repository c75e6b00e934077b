package io.pmemcheckj.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pmemcheckj.findings.CrashState;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Flight;
import io.pmemcheckj.findings.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The places of the code that findings name, each once though thousands of stacks go through it; and the lines of source
 * around those where something happened.
 */
final class PagePlaces {
    /** Lines shown on each side. */
    private static final int CONTEXT = 3;

    /** Longer lines are generated, and tell nobody anything. */
    private static final int LONGEST_LINE = 300;

    /** So that the page stays one that opens at once; the worst findings come first. */
    private static final int MOST_CHARACTERS = 3_000_000;

    /** @param source number of the file that holds its line; null where it is not known */
    record Place(
            @JsonProperty("class") String className,
            String method,
            String file,
            int line,
            @JsonInclude(JsonInclude.Include.NON_NULL) Integer source) {}

    /**
     * Lines of a source file.
     *
     * @param lines by number, from 1
     */
    record File(String path, Map<Integer, String> lines) {}

    private final Sources sources;
    private final Map<Location, Integer> numbers = new LinkedHashMap<>();
    private final Map<Location, Integer> shown = new HashMap<>();
    private final Map<String, Integer> fileNumbers = new HashMap<>();
    private final List<File> files = new ArrayList<>();
    private int characters;

    PagePlaces(Sources sources) {
        this.sources = sources;
    }

    void add(List<Finding> findings) {
        for (Finding finding : findings) {
            show(finding.location());
            number(finding.location());
            finding.stack().forEach(this::number);
            for (Finding.Related related : finding.related()) {
                show(related.location());
                number(related.location());
                related.stack().forEach(this::number);
            }
            finding.timeline().forEach(step -> number(step.location()));
            if (finding.crash() != null) {
                for (CrashState.Store store : finding.crash().stores()) {
                    number(store.location());
                    store.stack().forEach(this::number);
                }
            }
        }
    }

    void add(Flight flight) {
        flight.slowFlushes().forEach(flush -> number(flush.location()));
    }

    /** By number. */
    List<Place> places() {
        return numbers.keySet().stream()
                .map(location -> new Place(
                        location.className(), location.method(), location.file(), location.line(), shown.get(location)))
                .toList();
    }

    /** By number. */
    List<File> files() {
        return files;
    }

    /** Writes reports, with numbers for the places that were added. */
    JsonMapper mapper() {
        return JsonReport.MAPPER
                .rebuild()
                .addModule(new SimpleModule().addSerializer(Location.class, new ValueSerializer<>() {
                    @Override
                    public void serialize(Location location, JsonGenerator json, SerializationContext context) {
                        json.writeNumber(numbers.get(location));
                    }
                }))
                .build();
    }

    private void number(Location location) {
        numbers.putIfAbsent(location, numbers.size());
    }

    private void show(Location location) {
        if (location.line() <= 0 || characters > MOST_CHARACTERS || shown.containsKey(location)) {
            return;
        }
        Optional<Sources.SourceFile> found = sources.find(location);
        if (found.isPresent() && location.line() <= found.get().lines().size()) {
            int number = fileNumbers.computeIfAbsent(found.get().path(), path -> {
                files.add(new File(path, new TreeMap<>()));
                return files.size() - 1;
            });
            shown.put(location, number);
            keep(found.get().lines(), location.line(), files.get(number).lines);
        }
    }

    private void keep(List<String> all, int line, Map<Integer, String> kept) {
        for (int i = Math.max(1, line - CONTEXT); i <= Math.min(all.size(), line + CONTEXT); i++) {
            String text = all.get(i - 1);
            String bounded = text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "…" : text;
            if (kept.put(i, bounded) == null) {
                characters += bounded.length();
            }
        }
    }
}
