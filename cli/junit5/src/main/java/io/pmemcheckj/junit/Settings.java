package io.pmemcheckj.junit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * How tests are judged.
 *
 * @param request a line for each thing to ask of the replay
 * @param emulatePmem folders below which persistent memory is emulated, {@code *} for everywhere; empty to leave that as it is
 */
record Settings(String request, List<String> emulatePmem, PmemChecked.Moment judged) {
    /** Begins the names of configuration parameters. */
    static final String PREFIX = "pmemcheckj.junit.";

    static Settings of(PmemChecked annotation) {
        return of(
                annotation.failOn(),
                List.of(annotation.rules()),
                List.of(annotation.segments()),
                List.of(annotation.excludeSegments()),
                annotation.domain(),
                List.of(annotation.emulatePmem()),
                annotation.judged(),
                annotation.mayStoreNothing());
    }

    /** @param parameters values of configuration parameters by their names; lists have commas between */
    static Settings of(Function<String, Optional<String>> parameters) {
        return of(
                choice(parameters, "failOn", PmemChecked.Severity.ERROR),
                list(parameters, "rules"),
                list(parameters, "segments"),
                list(parameters, "excludeSegments"),
                parameters.apply(PREFIX + "domain").orElse("auto"),
                list(parameters, "emulatePmem"),
                choice(parameters, "judged", PmemChecked.Moment.AFTER_EACH),
                parameters
                        .apply(PREFIX + "mayStoreNothing")
                        .map(Boolean::parseBoolean)
                        .orElse(false));
    }

    private static Settings of(
            PmemChecked.Severity failOn,
            List<String> rules,
            List<String> segments,
            List<String> excluded,
            String domain,
            List<String> emulatePmem,
            PmemChecked.Moment judged,
            boolean mayStoreNothing) {
        List<String> lines = new ArrayList<>();
        lines.add("fail-on=" + failOn.name().toLowerCase(Locale.ROOT));
        rules.forEach(rule -> lines.add("rules=" + rule));
        segments.forEach(glob -> lines.add("segments=" + glob));
        excluded.forEach(glob -> lines.add("exclude-segments=" + glob));
        lines.add("domain=" + domain);
        lines.add("no-stores=" + mayStoreNothing);
        return new Settings(String.join("\n", lines), emulatePmem, judged);
    }

    /**
     * The same without what the project as a whole takes for no fault.
     *
     * @param parameters name files of suppressions and a baseline
     */
    Settings within(Function<String, Optional<String>> parameters) {
        StringBuilder lines = new StringBuilder(request);
        for (String kind : List.of("suppressions", "baseline")) {
            for (String file : list(parameters, kind)) {
                lines.append('\n').append(kind).append('=').append(Path.of(file).toAbsolutePath());
            }
        }
        return new Settings(lines.toString(), emulatePmem, judged);
    }

    /** The same for what a class does around its tests. */
    Settings ofClass() {
        return new Settings(request + "\nwhat=class", emulatePmem, judged);
    }

    private static List<String> list(Function<String, Optional<String>> parameters, String name) {
        return parameters
                .apply(PREFIX + name)
                .map(value -> List.of(value.strip().split("\\s*,\\s*")))
                .orElse(List.of());
    }

    private static <E extends Enum<E>> E choice(
            Function<String, Optional<String>> parameters, String name, E otherwise) {
        Optional<String> value = parameters.apply(PREFIX + name);
        if (value.isEmpty()) {
            return otherwise;
        }
        for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(value.get().strip())) {
                return constant;
            }
        }
        throw new ExtensionConfigurationException(PREFIX + name + " must be one of "
                + List.of(otherwise.getDeclaringClass().getEnumConstants()) + "; not " + value.get());
    }

    /** What the tracer wants to have: real paths, none for everywhere. */
    String[] emulatedFolders() {
        if (emulatePmem.contains("*")) {
            return new String[0];
        }
        return emulatePmem.stream().map(Settings::real).toArray(String[]::new);
    }

    private static String real(String folder) {
        try {
            return Path.of(folder).toRealPath().toString();
        } catch (IOException e) {
            throw new ExtensionConfigurationException("emulatePmem: no such folder: " + folder);
        }
    }
}
