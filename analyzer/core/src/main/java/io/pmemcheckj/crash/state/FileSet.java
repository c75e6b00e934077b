package io.pmemcheckj.crash.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All files that the trace tells of, and what they held before the run. */
public final class FileSet {
    private record Identity(long device, long inode) {}

    private final List<CrashFile> files = new ArrayList<>();
    private final Map<Identity, CrashFile> byIdentity = new HashMap<>();

    /** The file that has this identity now, or null. */
    CrashFile find(long device, long inode) {
        return byIdentity.get(new Identity(device, inode));
    }

    CrashFile create(long device, long inode, String path) {
        return create(device, inode, path, new Content());
    }

    CrashFile create(long device, long inode, String path, Content content) {
        CrashFile file = new CrashFile(files.size(), path, content);
        files.add(file);
        byIdentity.put(new Identity(device, inode), file);
        return file;
    }

    /** The identity may go to another file from now on. */
    void forget(long device, long inode) {
        byIdentity.remove(new Identity(device, inode));
    }

    /** In the order in which the trace tells of them. */
    public List<CrashFile> all() {
        return Collections.unmodifiableList(files);
    }
}
