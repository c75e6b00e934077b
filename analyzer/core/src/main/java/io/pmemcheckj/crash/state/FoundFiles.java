package io.pmemcheckj.crash.state;

import io.pmemcheckj.trace.IgnoringVisitor;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The files that were there before the run. A trace tells of a file when the program first uses it, which is too late for a
 * crash that comes before.
 */
public final class FoundFiles extends IgnoringVisitor {
    private record Identity(long device, long inode) {}

    record Found(long device, long inode, String path, Content content) {}

    private final Map<Identity, Found> found = new LinkedHashMap<>();
    /** Files that the run made, or that were told of: what is said of them later is not what was there before. */
    private final Set<Identity> known = new HashSet<>();

    private Identity open;

    @Override
    public void fileNamed(int thread, int site, long device, long inode, long directory, boolean renamed, String path) {
        if (!renamed) {
            known.add(new Identity(device, inode));
        }
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
