package io.pmemcheckj.runtime;

import java.io.File;
import java.io.IOException;

/** Whether files are below folders. */
final class Folders {
    private Folders() {}

    /**
     * Whether one of the folders, or one below it, is where the path leads.
     *
     * @param folders absolute paths without links
     * @param path may be null
     */
    static boolean hold(String[] folders, String path) {
        if (path == null) {
            return false;
        }
        String real;
        try {
            real = new File(path).getCanonicalPath();
        } catch (IOException e) {
            real = new File(path).getAbsolutePath();
        }
        for (String folder : folders) {
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
