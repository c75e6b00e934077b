package io.pmemcheckj.crash.state;

import io.pmemcheckj.trace.IgnoringVisitor;
import io.pmemcheckj.trace.MapFlags;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What must be known of the files before a trace is replayed: which were there before the run, because a trace tells of a file
 * when the program first uses it, which is too late for a crash that comes before; and which of those that the run made it
 * mapped, because these are of interest from then on.
 */
public final class FoundFiles extends IgnoringVisitor {
    private record Identity(long device, long inode) {}

    record Found(long device, long inode, String path, Content content) {}

    private final Map<Identity, Found> found = new LinkedHashMap<>();
    /** Files that the run made, or that were told of: what is said of them later is not what was there before. */
    private final Set<Identity> known = new HashSet<>();

    private final Map<Identity, Integer> creations = new HashMap<>();
    private final BitSet mappedLater = new BitSet();
    private int created;
    private Identity open;

    @Override
    public void fileNamed(int thread, int site, long device, long inode, long directory, boolean renamed, String path) {
        if (!renamed) {
            Identity identity = new Identity(device, inode);
            known.add(identity);
            creations.put(identity, created++);
        }
    }

    @Override
    public void map(
            int thread,
            int site,
            long address,
            long length,
            long device,
            long inode,
            long fileOffset,
            int flags,
            String path) {
        Integer creation = creations.get(new Identity(device, inode));
        if (creation != null && (flags & (MapFlags.READ_ONLY | MapFlags.PRIVATE)) == 0) {
            mappedLater.set(creation);
        }
    }

    @Override
    public void fileRemoved(int thread, int site, long device, long inode, String path) {
        creations.remove(new Identity(device, inode));
    }

    /** Whether the program mapped the file whose creation comes at this place among those of the trace, from 0. */
    boolean isMappedLater(int creation) {
        return mappedLater.get(creation);
    }

    @Override
    public void fileFound(long device, long inode, long length, String path) {
        Identity identity = new Identity(device, inode);
        open = known.add(identity) ? identity : null;
        if (open != null) {
            Content content = new Content();
            content.resize(length);
            found.put(open, new Found(device, inode, path, content));
        }
    }

    @Override
    public void fileContent(long device, long inode, long offset, byte[] bytes) {
        if (new Identity(device, inode).equals(open)) {
            found.get(open).content().write(offset, bytes, 0, bytes.length);
        }
    }

    Collection<Found> all() {
        return found.values();
    }
}
