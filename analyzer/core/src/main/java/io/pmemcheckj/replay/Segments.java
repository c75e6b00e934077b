package io.pmemcheckj.replay;

import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.memory.Segment;
import java.util.HashMap;
import java.util.Map;

/** Which segment a mapped file or a registered range of memory is. */
final class Segments {
    private final PersistentMemory memory;
    private final Mappings mappings;
    private final Map<Object, Segment> byIdentity = new HashMap<>();
    /** The names of those that were renamed since they were first mapped. */
    private final Map<Segment, String> names = new HashMap<>();

    /** Registered memory that is gone can be replaced by other memory at the same address. */
    private record MemoryIdentity(long address, long length) {}

    Segments(PersistentMemory memory, Mappings mappings) {
        this.memory = memory;
        this.mappings = mappings;
    }

    /** The segment of a file that is or was mapped, or null. */
    Segment find(FileIdentity identity) {
        return byIdentity.get(identity);
    }

    /** The file of a segment; null for memory, and where it is not known. */
    FileIdentity file(Segment segment) {
        return identity(segment) instanceof FileIdentity file ? file : null;
    }

    /** The identity is another file's from now on. */
    void detach(FileIdentity identity) {
        byIdentity.remove(identity);
    }

    Segment byId(int id) {
        return memory.segment(id);
    }

    /** The segment for what another replay knows as one of its own. */
    Segment like(Segment other, Segments others, Domain domain) {
        Object identity = others.identity(other);
        Segment own =
                get(identity == null ? other : identity, other.path(), other.bias(), other.isRegistered(), domain);
        own.extendTo(other.size());
        if (other.isSync()) {
            own.markSync();
        }
        if (others.names.containsKey(other)) {
            renamed(own, others.name(other));
        }
        return own;
    }

    private Object identity(Segment segment) {
        for (Map.Entry<Object, Segment> entry : byIdentity.entrySet()) {
            if (entry.getValue() == segment) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** Whether the file of a segment is mapped now. */
    boolean isMapped(Segment segment) {
        return mappings.show(segment);
    }

    Segment ofMemory(long address, long length, Domain domain, String path) {
        return get(new MemoryIdentity(address, length), path, address & 63, true, domain);
    }

    Segment ofFile(FileIdentity identity, Domain domain, String path) {
        return get(identity.isKnown() ? identity : path, path, 0, false, domain);
    }

    private Segment get(Object identity, String path, long bias, boolean registered, Domain domain) {
        // A file system gives the inode of a deleted file to the next one: another name, with no mapping left of the
        // old, is another file.
        Segment old = byIdentity.get(identity);
        if (old != null && !path.equals(name(old)) && !path.equals(old.path()) && !mappings.show(old)) {
            byIdentity.remove(identity);
        }
        return byIdentity.computeIfAbsent(identity, key -> memory.addSegment(path, bias, registered, domain));
    }

    /** The last known name of its file. */
    String name(Segment segment) {
        return names.getOrDefault(segment, segment.path());
    }

    void renamed(Segment segment, String path) {
        names.put(segment, path);
    }
}
