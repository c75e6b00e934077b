package io.pmemcheckj.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What stands behind {@code -javaagent:pmemcheck-j.jar=}: {@code key=value} pairs and flags with commas between. A comma
 * within a value is fine as long as no option name follows it.
 *
 * @param ring ring file of a consumer in another process, or null when the agent drains by itself
 * @param trace trace file for an agent that drains by itself
 * @param emulatedFolders absolute folders below which SYNC mappings are emulated, empty for everywhere, null for nowhere
 * @param sampleStacks whether stacks are sampled
 */
record AgentOptions(Path ring, Path trace, List<String> emulatedFolders, boolean sampleStacks) {

    private static final Set<String> KEYS = Set.of("ring", "keep-trace", "emulate-pmem", "stacks");
    private static final Pattern SEPARATOR =
            Pattern.compile(",(?=[a-z][a-z-]*=|(?:" + String.join("|", KEYS) + ")(?:,|$))");

    static AgentOptions parse(String text) throws AgentException {
        Path ring = null;
        Path trace = null;
        List<String> folders = null;
        boolean sample = true;
        for (String pair : text == null || text.isBlank() ? new String[0] : SEPARATOR.split(text)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            switch (key) {
                case "ring" -> ring = Path.of(required(key, value));
                case "keep-trace" -> trace = Path.of(required(key, value).replace("%p", pid()));
                case "emulate-pmem" -> folders = folders(value);
                case "stacks" ->
                    sample = switch (value) {
                        case "site" -> false;
                        case "sampled" -> true;
                        default ->
                            throw AgentException.usage("option stacks takes site or sampled, not '" + value + "'");
                    };
                default ->
                    throw AgentException.usage("unknown option '" + key + "'; the agent knows "
                            + String.join(", ", KEYS.stream().sorted().toList()));
            }
        }
        if (ring == null && trace == null) {
            trace = Path.of("pmemcheck-" + pid() + ".trace");
        }
        return new AgentOptions(ring, trace, folders, sample);
    }

    private static String pid() {
        return Long.toString(ProcessHandle.current().pid());
    }

    private static String required(String key, String value) throws AgentException {
        if (value.isEmpty()) {
            throw AgentException.usage("option " + key + " needs a value: " + key + "=FILE");
        }
        return value;
    }

    private static List<String> folders(String value) throws AgentException {
        List<String> folders = new ArrayList<>();
        for (String folder : value.isEmpty() ? new String[0] : value.split("[,:]")) {
            try {
                if (!Files.isDirectory(Path.of(folder))) {
                    throw AgentException.usage("option emulate-pmem: no such folder: " + folder);
                }
                folders.add(Path.of(folder).toRealPath().toString());
            } catch (IOException e) {
                throw AgentException.usage("option emulate-pmem: cannot read folder " + folder);
            }
        }
        return folders;
    }
}
