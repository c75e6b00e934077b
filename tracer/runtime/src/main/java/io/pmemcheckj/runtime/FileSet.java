package io.pmemcheckj.runtime;

/**
 * A set of files that many threads look into and that only grows. None of the collections of java.util.concurrent: what
 * those do counts as a hand-off between the program's threads where loads are recorded.
 */
final class FileSet {
    private static final int INITIAL = 64;

    /** Open addressing, at most half full. Written under the lock, and again after each change so that all see it. */
    private volatile FileIdentity[] table = new FileIdentity[INITIAL];

    private int size;

    boolean contains(FileIdentity file) {
        FileIdentity[] all = table;
        return all[place(all, file)] != null;
    }

    synchronized void add(FileIdentity file) {
        FileIdentity[] all = table;
        int place = place(all, file);
        if (all[place] != null) {
            return;
        }
        all[place] = file;
        size++;
        table = size > all.length / 2 ? twice(all) : all;
    }

    private static FileIdentity[] twice(FileIdentity[] all) {
        FileIdentity[] more = new FileIdentity[2 * all.length];
        for (FileIdentity file : all) {
            if (file != null) {
                more[place(more, file)] = file;
            }
        }
        return more;
    }

    /** Where the file is, or would be. */
    private static int place(FileIdentity[] all, FileIdentity file) {
        int hash = file.hashCode();
        int place = (hash ^ hash >>> 16) & all.length - 1;
        while (all[place] != null && !all[place].equals(file)) {
            place = place + 1 & all.length - 1;
        }
        return place;
    }
}
