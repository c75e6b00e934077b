package io.pmemcheckj.samples;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files as a dumped trace with values says they are at its end: a plain model, to be compared with the real ones. */
final class FilesInTrace {
    private static final Pattern VALUE = Pattern.compile("value (\\d+) 0x(\\w+) (\\w+)");
    private static final Pattern MAP = Pattern.compile("map \\d+ \\S+ 0x(\\w+) (\\d+) .*");
    private static final Pattern UNMAP = Pattern.compile("unmap \\d+ \\S+ 0x(\\w+) (\\d+)");
    private static final Pattern FILE_STORE = Pattern.compile("file-store (\\d+) .*");
    private static final Pattern STORE = Pattern.compile("store (\\d+) .*");
    private static final HexFormat HEX = HexFormat.of();

    private static final class Content {
        byte[] bytes = {};

        void resize(long length) {
            bytes = Arrays.copyOf(bytes, Math.toIntExact(length));
        }

        void extendTo(long length) {
            if (length > bytes.length) {
                resize(length);
            }
        }

        /** What lies beyond the end of the file is lost, as it is of a mapping. */
        void put(long offset, byte[] from) {
            if (offset < bytes.length) {
                System.arraycopy(from, 0, bytes, (int) offset, (int) Math.min(from.length, bytes.length - offset));
            }
        }
    }

    private record Window(long start, long end, Content file, long offset) {}

    private final Map<String, Content> byIdentity = new HashMap<>();
    private final Map<String, String> identityByPath = new TreeMap<>();
    private final TreeMap<Long, Window> windows = new TreeMap<>();
    /** The file that a thread wrote to with its latest store, where that was through a descriptor. */
    private final Map<String, Content> written = new HashMap<>();

    private FilesInTrace() {}

    /** @param dump all lines of the text of a trace */
    static FilesInTrace of(List<String> dump) {
        FilesInTrace files = new FilesInTrace();
        dump.forEach(files::apply);
        return files;
    }

    /** The bytes of each file that has a name, by path. */
    Map<String, byte[]> contents() {
        Map<String, byte[]> contents = new TreeMap<>();
        identityByPath.forEach((path, identity) -> contents.put(path, byIdentity.get(identity).bytes));
        return contents;
    }

    private void apply(String line) {
        switch (line.substring(0, (line + " ").indexOf(' '))) {
            case "file-found", "file-named" -> named(line);
            case "file-content" ->
                content(line)
                        .put(
                                number(line, "offset"),
                                HEX.parseHex(line.substring(line.indexOf('"') + 1, line.length() - 1)));
            case "file-removed" -> identityByPath.remove(path(line), identity(line));
            case "file-size" -> {
                if (byIdentity.containsKey(identity(line))) { // or it is found only afterwards
                    content(line).resize(number(line, "length"));
                }
            }
            case "file-store" -> {
                Content file = content(line);
                file.extendTo(number(line, "offset") + number(line, "length"));
                written.put(group(FILE_STORE, line, 1), file);
            }
            case "store" -> written.remove(group(STORE, line, 1));
            case "map" -> map(line);
            case "unmap" -> {
                long start = Long.parseLong(group(UNMAP, line, 1), 16);
                windows.subMap(start, start + Long.parseLong(group(UNMAP, line, 2)))
                        .clear();
            }
            case "value" -> value(line);
            default -> {}
        }
    }

    private void named(String line) {
        String identity = identity(line);
        if (line.endsWith(" renamed")) {
            identityByPath.values().removeIf(identity::equals);
            byIdentity.putIfAbsent(identity, new Content());
        } else {
            boolean isFound = line.startsWith("file-found");
            // One that is found again is what its mappings show.
            Content content = isFound ? byIdentity.getOrDefault(identity, new Content()) : new Content();
            content.bytes = new byte[isFound ? Math.toIntExact(number(line, "length")) : 0];
            byIdentity.put(identity, content);
        }
        identityByPath.put(path(line), identity);
    }

    private void map(String line) {
        Content file = byIdentity.get(identity(line));
        if (file != null) {
            long start = Long.parseLong(group(MAP, line, 1), 16);
            long end = start + Long.parseLong(group(MAP, line, 2));
            windows.put(start, new Window(start, end, file, number(line, "offset")));
        }
    }

    private void value(String line) {
        long at = Long.parseLong(group(VALUE, line, 2), 16);
        byte[] bytes = HEX.parseHex(group(VALUE, line, 3));
        Content file = written.get(group(VALUE, line, 1));
        if (file != null) {
            file.put(at, bytes);
            return;
        }
        Window window = windows.floorEntry(at).getValue();
        if (at + bytes.length > window.end) {
            throw new AssertionError("beyond the mapping: " + line);
        }
        window.file.put(window.offset + (at - window.start), bytes);
    }

    private Content content(String line) {
        Content content = byIdentity.get(identity(line));
        if (content == null) {
            throw new AssertionError("of a file that was not found before: " + line);
        }
        return content;
    }

    private static String identity(String line) {
        return number(line, "device") + ":" + number(line, "inode");
    }

    private static long number(String line, String key) {
        return Long.parseLong(group(Pattern.compile(".* " + key + "=(\\d+).*"), line, 1));
    }

    private static String path(String line) {
        return group(Pattern.compile(".* path=\"(.*)\".*"), line, 1);
    }

    private static String group(Pattern pattern, String line, int group) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("unexpected: " + line);
        }
        return matcher.group(group);
    }
}
