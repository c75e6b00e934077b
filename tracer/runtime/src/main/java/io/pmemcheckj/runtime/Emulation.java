package io.pmemcheckj.runtime;

import java.io.File;
import java.io.IOException;

/** Whether a SYNC mapping of a file is to be emulated. */
final class Emulation {
    /** Folders below which it is; empty for everywhere, null for nowhere. */
    static String[] folders;

    private Emulation() {}

    static boolean covers(String path) {
        String[] below = folders;
        if (below == null) {
            return false;
        }
        if (below.length == 0) {
            return true;
        }
        if (path == null) {
            return false;
        }
        String real;
        try {
            real = new File(path).getCanonicalPath();
        } catch (IOException e) {
            real = new File(path).getAbsolutePath();
        }
        for (String folder : below) {
            if (real.startsWith(folder)
                    && (real.length() == folder.length()
                            || folder.endsWith("/")
                            || real.charAt(folder.length()) == '/')) {
                return true;
            }
        }
        return false;
    }
}
