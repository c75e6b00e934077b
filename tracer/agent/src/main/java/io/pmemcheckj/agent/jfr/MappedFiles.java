package io.pmemcheckj.agent.jfr;

import io.pmemcheckj.trace.MapFlags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which file is mapped where, to name the files of flushes. */
final class MappedFiles {
    /** What a part of memory shows: a file from an offset on. */
    record Mapping(long start, long end, String path, long offset) {
        long offsetOf(long address) {
            return offset + (address - start);
        }

        Mapping part(long from, long to) {
            return new Mapping(from, to, path, offsetOf(from));
        }
    }

    private record FileKey(long device, long inode) {}

    private final TreeMap<Long, Mapping> byStart = new TreeMap<>();
    private final Map<FileKey, String> paths = new HashMap<>();

    /** @param segments as {@link FlightRecording.Runtime#segments} tells */
    synchronized void startOver(Object[] segments) {
        byStart.clear();
        paths.clear();
        for (int i = 0; i < segments.length; i += 2) {
            long[] place = (long[]) segments[i];
            add(place[0], place[1], place[2], place[3], place[4], (String) segments[i + 1]);
        }
    }

    private void add(long address, long length, long device, long inode, long offset, String path) {
        byStart.put(address, new Mapping(address, address + length, path, offset));
        paths.put(new FileKey(device, inode), path);
    }

    /** The mapping that holds an address, or null. */
    synchronized Mapping at(long address) {
        Map.Entry<Long, Mapping> floor = byStart.floorEntry(address);
        return floor == null || floor.getValue().end() <= address ? null : floor.getValue();
    }

    /** The file that is or was mapped, or null. */
    synchronized String path(long device, long inode) {
        return paths.get(new FileKey(device, inode));
    }

    /**
     * A file was mapped.
     *
     * @param values site, address, length, device, inode, offset, flags
     * @return null where it is no segment
     */
    SegmentMappedEvent mapped(long[] values, String path) {
        int flags = (int) values[6];
        long address = values[1];
        long length = values[2];
        if (length <= 0) {
            return null;
        }
        boolean isSegment = (flags & (MapFlags.READ_ONLY | MapFlags.PRIVATE)) == 0;
        synchronized (this) {
            cut(address, address + length);
            if (isSegment) {
                add(address, length, values[3], values[4], values[5], path);
            }
        }
        if (!isSegment) {
            return null;
        }
        SegmentMappedEvent event = new SegmentMappedEvent();
        event.path = path;
        event.address = address;
        event.offset = values[5];
        event.size = length;
        event.domain = domain(flags);
        event.emulated = (flags & MapFlags.EMULATED) != 0;
        return event;
    }

    /** As {@code --domain auto} judges. */
    private static String domain(int flags) {
        if ((flags & MapFlags.CACHES_PERSIST) != 0) {
            return "eadr";
        }
        return (flags & (MapFlags.SYNC | MapFlags.REGISTERED)) != 0 ? "adr" : "page-cache";
    }

    List<PlacedEvent> unmapping(long address, long length) {
        List<PlacedEvent> events = new ArrayList<>();
        for (Mapping gone : cut(address, address + length)) {
            SegmentUnmappedEvent event = new SegmentUnmappedEvent();
            event.path = gone.path();
            event.address = gone.start();
            event.offset = gone.offset();
            event.size = gone.end() - gone.start();
            events.add(event);
        }
        return events;
    }

    /** Takes a part of the address space out. @return what was mapped there */
    private synchronized List<Mapping> cut(long start, long end) {
        Mapping first = at(start);
        Map<Long, Mapping> hit = byStart.subMap(first == null ? start : first.start(), end);
        List<Mapping> old = new ArrayList<>(hit.values());
        hit.clear();
        List<Mapping> gone = new ArrayList<>();
        for (Mapping mapping : old) {
            keep(mapping, mapping.start(), Math.min(start, mapping.end()));
            keep(mapping, Math.max(end, mapping.start()), mapping.end());
            gone.add(mapping.part(Math.max(start, mapping.start()), Math.min(end, mapping.end())));
        }
        return gone;
    }

    private void keep(Mapping mapping, long from, long to) {
        if (from < to) {
            byStart.put(from, mapping.part(from, to));
        }
    }
}
