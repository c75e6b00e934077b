package io.pmemcheckj.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands behind {@code -javaagent:pmemcheck-j.jar=}: {@code key=value} pairs and flags with commas between. A comma
 * within a value is fine as long as no option name follows it.
 *
 * @param ring ring file of a consumer in another process, or null when the agent drains by itself
 * @param trace trace file for an agent that drains by itself, or null to keep none: for tests that only want to be judged
 * @param emulatedFolders absolute folders below which SYNC mappings are emulated, empty for everywhere, null for nowhere
 * @param stacks which events get a call stack: {@code site} (none), {@code sampled} or {@code full}
 * @param values whether the bytes stored are recorded; an audit needs them
 * @param failTests whether a test that states an expectation which does not hold fails
 * @param loads whether loads are recorded, and what synchronizes threads
 * @param loadedFolders absolute folders below which all reads of files are recorded, null for nowhere
 * @param audit whether mapped files are compared with what was stored
 * @param childTraces where JVMs that the program starts keep their traces, with {@code %p}; null where they are not followed
 * @param flightRecording absolute file for a recording of JDK Flight Recorder of the whole run, null for none
 * @param models model files, YAML or compiled, on top of those that ship
 */
record AgentOptions(
        Path ring,
        Path trace,
        List<String> emulatedFolders,
        String stacks,
        boolean values,
        boolean audit,
        boolean failTests,
        boolean loads,
        List<String> loadedFolders,
        String childTraces,
        Path flightRecording,
        List<Path> models) {

    private static final List<String> STACKS = List.of("site", "sampled", "full");
    private static final List<String> KEYS = List.of(
            "audit",
            "emulate-pmem",
            "expectations",
            "follow-children",
            "jfr",
            "keep-trace",
            "load-files",
            "loads",
            "models",
            "no-trace",
            "ring",
            "stacks",
            "values");

    static AgentOptions parse(String text) throws AgentException {
        Path ring = null;
        Path trace = null;
        List<String> folders = null;
        String stacks = "sampled";
        boolean values = false;
        boolean audit = false;
        boolean failTests = true;
        boolean loads = false;
        List<String> loadedFolders = null;
        boolean noTrace = false;
        List<Path> models = new ArrayList<>();
        String pattern = "pmemcheck-%p.trace";
        String childTraces = null;
        Path flightRecording = null;
        for (String pair : text == null || text.isBlank() ? List.<String>of() : split(text)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            switch (key) {
                case "ring" -> ring = Path.of(required(key, value));
                case "keep-trace" -> {
                    pattern = value;
                    trace = traceFile(required(key, value));
                }
                case "follow-children" -> childTraces = value;
                case "jfr" -> flightRecording = flightRecording(required(key, value));
                case "emulate-pmem" -> folders = folders(key, value);
                case "load-files" -> loadedFolders = folders(key, required(key, value));
                case "expectations" -> failTests = failsTests(value);
                case "stacks" -> stacks = stacks(value);
                case "models" -> models.addAll(models(required(key, value)));
                case "loads" -> loads = flag(key, value);
                case "values" -> values = flag(key, value);
                case "no-trace" -> noTrace = flag(key, value);
                case "audit" -> audit = flag(key, value);
                default ->
                    throw AgentException.usage(
                            "unknown option '" + key + "'; the agent knows " + String.join(", ", KEYS));
            }
        }
        if (noTrace && (trace != null || audit)) {
            throw AgentException.usage("option no-trace: " + (audit ? "audit" : "keep-trace") + " needs a trace");
        }
        if (ring == null && trace == null && !noTrace) {
            trace = traceFile(pattern);
        }
        return new AgentOptions(
                ring,
                trace,
                folders,
                stacks,
                values || audit,
                audit,
                failTests,
                loads || loadedFolders != null,
                loadedFolders,
                childTraces == null ? null : childTraces(childTraces.isEmpty() ? pattern : childTraces),
                flightRecording,
                models);
    }

    private static String childTraces(String pattern) throws AgentException {
        if (!pattern.contains("%p")) {
            throw AgentException.usage(
                    "option follow-children: each process needs a trace of its own; write keep-trace with"
                            + " %p, or follow-children=FILE with %p");
        }
        return Path.of(pattern).toAbsolutePath().toString();
    }

    /** The options for the agent of a JVM that the program starts, which may work in another folder. */
    String forChild() {
        List<String> options = new ArrayList<>();
        options.add("keep-trace=" + childTraces);
        options.add("follow-children");
        if (emulatedFolders != null) {
            options.add(folderOption("emulate-pmem", emulatedFolders));
        }
        if (loadedFolders != null) {
            options.add(folderOption("load-files", loadedFolders));
        }
        options.add("stacks=" + stacks);
        options.add("values=" + values);
        options.add("audit=" + audit);
        options.add("loads=" + loads);
        options.add("expectations=" + (failTests ? "fail-tests" : "report"));
        for (Path model : models) {
            options.add("models=" + model.toAbsolutePath());
        }
        return String.join(",", options);
    }

    private static String folderOption(String key, List<String> folders) {
        return folders.isEmpty() ? key : key + "=" + String.join(":", folders);
    }

    /** Splits at each comma that an option follows; without a regular expression, for those are slow to start with. */
    private static List<String> split(String text) {
        List<String> pairs = new ArrayList<>();
        int from = 0;
        for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', comma + 1)) {
            if (startsOption(text, comma + 1)) {
                pairs.add(text.substring(from, comma));
                from = comma + 1;
            }
        }
        pairs.add(text.substring(from));
        return pairs;
    }

    /** True at a word like {@code some-key=}, whether or not there is such an option, and at the name of one. */
    private static boolean startsOption(String text, int from) {
        int to = from;
        while (to < text.length() && (isLetter(text.charAt(to)) || to > from && text.charAt(to) == '-')) {
            to++;
        }
        if (to == text.length() || text.charAt(to) == ',') {
            return KEYS.contains(text.substring(from, to));
        }
        return to > from && text.charAt(to) == '=';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    /** The process id alone is not for ever: the system uses it again. */
    private static Path traceFile(String pattern) {
        return Path.of(pattern.replace("%p", pid()).replace("%t", Long.toString(System.currentTimeMillis())));
    }

    private static Path flightRecording(String pattern) throws AgentException {
        Path file = traceFile(pattern).toAbsolutePath();
        if (!Files.isDirectory(file.getParent()) || Files.isDirectory(file)) {
            throw AgentException.usage("option jfr: cannot write " + file);
        }
        return file;
    }

    private static String pid() {
        return Long.toString(ProcessId.current());
    }

    private static boolean flag(String key, String value) throws AgentException {
        return switch (value) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw AgentException.usage("option " + key + " takes true or false, not '" + value + "'");
        };
    }

    private static boolean failsTests(String value) throws AgentException {
        return switch (value) {
            case "fail-tests" -> true;
            case "report" -> false;
            default ->
                throw AgentException.usage("option expectations takes fail-tests or report, not '" + value + "'");
        };
    }

    private static String required(String key, String value) throws AgentException {
        if (value.isEmpty()) {
            String what = key.equals("load-files") ? "=DIR" : "=FILE";
            throw AgentException.usage("option " + key + " needs a value: " + key + what);
        }
        return value;
    }

    private static String stacks(String value) throws AgentException {
        if (!STACKS.contains(value)) {
            throw AgentException.usage("option stacks takes " + String.join(", ", STACKS) + ", not '" + value + "'");
        }
        return value;
    }

    private static List<Path> models(String value) throws AgentException {
        List<Path> files = new ArrayList<>();
        for (String file : value.split(":")) {
            if (!Files.isRegularFile(Path.of(file))) {
                throw AgentException.usage("option models: no such file: " + file);
            }
            files.add(Path.of(file));
        }
        return files;
    }

    private static List<String> folders(String key, String value) throws AgentException {
        List<String> folders = new ArrayList<>();
        for (String folder : value.isEmpty() ? new String[0] : value.split("[,:]")) {
            try {
                if (!Files.isDirectory(Path.of(folder))) {
                    throw AgentException.usage("option " + key + ": no such folder: " + folder);
                }
                folders.add(Path.of(folder).toRealPath().toString());
            } catch (IOException e) {
                throw AgentException.usage("option " + key + ": cannot read folder " + folder);
            }
        }
        return folders;
    }
}
