package io.pmemcheckj.samples;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The stores to one file in the text of a trace, region by region of that file, through whichever mapping they went. */
final class StoresInTrace {

    /** What was stored to one region. */
    static final class Region {
        /** Offsets from the start of the region of the bytes that were stored to. */
        final BitSet covered = new BitSet();
        /** Bytes stored, each as often as it was stored. */
        long bytes;
        /** Bytes by the place in the code that stored them. */
        final Map<String, Long> sites = new TreeMap<>();

        final Set<String> threads = new HashSet<>();
    }

    private record Mapping(long address, long length, long offset) {}

    private final String file;
    private final int regionBytes;
    private final Map<Integer, Region> regions = new HashMap<>();
    private final List<Mapping> mappings = new ArrayList<>();
    private final Map<String, String> threadNames = new HashMap<>();
    private String identity;
    private boolean ended;

    private StoresInTrace(String file, int regionBytes) {
        this.file = file;
        this.regionBytes = regionBytes;
    }

    /**
     * Reads a dump.
     *
     * @param file path of the mapped file, as the trace spells it
     */
    static StoresInTrace read(Path dump, String file, int regionBytes) throws IOException {
        StoresInTrace stores = new StoresInTrace(file, regionBytes);
        try (BufferedReader lines = Files.newBufferedReader(dump, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                stores.event(line);
            }
        }
        if (!stores.ended) {
            throw new AssertionError("the trace is incomplete");
        }
        return stores;
    }

    /** @param offset of the region in the file */
    Region region(int offset) {
        return regions.computeIfAbsent(offset / regionBytes, number -> new Region());
    }

    private void event(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "thread" -> threadNames.put(words[1], line.substring(line.indexOf('"') + 1, line.length() - 1));
            case "map" -> map(line, words);
            case "unmap" -> mappings.removeIf(mapping -> mapping.address == address(words[3]));
            case "store" -> store(words);
            case "file-store" -> fileStore(line, words);
            case "gap" -> throw new AssertionError(line);
            case "end" -> ended = true;
            default -> {}
        }
    }

    private void map(String line, String[] words) {
        if (line.endsWith("path=\"" + file + "\"")) {
            identity = attribute(line, "device") + ":" + attribute(line, "inode");
            mappings.add(new Mapping(
                    address(words[3]), Long.parseLong(words[4]), Long.parseLong(attribute(line, "offset"))));
        }
    }

    private void store(String[] words) {
        long address = address(words[3]);
        for (Mapping mapping : mappings) {
            long within = address - mapping.address;
            if (within >= 0 && within < mapping.length) {
                long size = Long.parseLong(words[4]);
                int count = words.length > 5 && words[5].startsWith("x") ? Integer.parseInt(words[5].substring(1)) : 1;
                add(words[1], words[2], mapping.offset + within, size * count);
                return;
            }
        }
    }

    private void fileStore(String line, String[] words) {
        if (identity != null && identity.equals(attribute(line, "device") + ":" + attribute(line, "inode"))) {
            add(
                    words[1],
                    words[2],
                    Long.parseLong(attribute(line, "offset")),
                    Long.parseLong(attribute(line, "length")));
        }
    }

    private void add(String thread, String site, long offset, long bytes) {
        Region region = region((int) offset);
        int from = (int) offset % regionBytes;
        region.covered.set(from, from + (int) bytes);
        region.bytes += bytes;
        region.sites.merge(site, bytes, Long::sum);
        region.threads.add(threadNames.getOrDefault(thread, "thread-" + thread));
    }

    private static long address(String word) {
        return Long.parseUnsignedLong(word.substring(2), 16);
    }

    private static String attribute(String line, String name) {
        int from = line.indexOf(' ' + name + '=') + name.length() + 2;
        int to = line.indexOf(' ', from);
        return line.substring(from, to < 0 ? line.length() : to);
    }
}
