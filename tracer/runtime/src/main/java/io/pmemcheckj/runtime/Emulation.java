package io.pmemcheckj.runtime;

import java.io.IOException;

/** Whether a SYNC mapping of a file is to be emulated. */
final class Emulation {
    /** Folders below which it is; empty for everywhere, null for nowhere. */
    static volatile String[] folders;

    private Emulation() {}

    /** Whether a mapping made by native code counts as SYNC, too: the user says so, to us or to PMDK. */
    static boolean coversNative(String path) {
        return covers(path) || isForcedInPmdk();
    }

    /** PMDK's own simulation, libpmem(7). Not by System.getenv, which a security manager may refuse. */
    private static boolean isForcedInPmdk() {
        try {
            return ('\0' + ProcFile.read("environ")).contains("\0PMEM_IS_PMEM_FORCE=1\0");
        } catch (IOException e) {
            return false;
        }
    }

    static boolean covers(String path) {
        String[] below = folders;
        return below != null && (below.length == 0 || Folders.hold(below, path));
    }
}
