package io.pmemcheckj.cli.doctor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The mount table of this process, {@code /proc/self/mountinfo}. */
final class Mounts {

    /**
     * @param device {@code major:minor}
     * @param options those of the mount and of its file system, each once
     */
    record Mount(String device, String point, String fileSystem, String source, List<String> options) {

        boolean isReadOnly() {
            return options.contains("ro");
        }

        /** The option that says something of DAX, such as {@code dax=always}; null when there is none. */
        String daxOption() {
            return options.stream()
                    .filter(option -> option.equals("dax") || option.startsWith("dax="))
                    .findFirst()
                    .orElse(null);
        }

        private boolean covers(String file) {
            return point.equals("/") || file.equals(point) || file.startsWith(point + "/");
        }
    }

    private final List<Mount> mounts = new ArrayList<>();

    private Mounts() {}

    static Mounts read(Machine machine) {
        Mounts table = new Mounts();
        for (String line : machine.lines("/proc/self/mountinfo")) {
            List<String> words = Arrays.asList(line.split(" "));
            int dash = words.indexOf("-");
            // Behind six fields stands a number of optional ones, then a dash, then type, source and options.
            if (dash >= 6 && words.size() >= dash + 4) {
                Set<String> options = new LinkedHashSet<>(List.of(words.get(5).split(",")));
                options.addAll(List.of(unescaped(words.get(dash + 3)).split(",")));
                table.mounts.add(new Mount(
                        words.get(2),
                        unescaped(words.get(4)),
                        words.get(dash + 1),
                        unescaped(words.get(dash + 2)),
                        List.copyOf(options)));
            }
        }
        return table;
    }

    /** The mount that holds this file; null when the table does not say. */
    Mount holding(String realPath) {
        Mount best = null;
        for (Mount mount : mounts) {
            // Of two at the same point the later one hides the other.
            if (mount.covers(realPath)
                    && (best == null || mount.point().length() >= best.point().length())) {
                best = mount;
            }
        }
        return best;
    }

    /** Where a block device or one of its partitions is mounted. */
    List<String> of(String device) {
        return mounts.stream()
                .filter(mount -> device != null && mount.source().matches("\\Q" + device + "\\E(p\\d+)?"))
                .map(Mount::point)
                .distinct()
                .toList();
    }

    /** The kernel writes a space, tab, line feed and backslash as three octal digits each. */
    private static String unescaped(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\\' && i + 3 < bytes.length) {
                plain.write((bytes[i + 1] - '0') << 6 | (bytes[i + 2] - '0') << 3 | (bytes[i + 3] - '0'));
                i += 3;
            } else {
                plain.write(bytes[i]);
            }
        }
        return plain.toString(StandardCharsets.UTF_8);
    }
}
