package io.pmemcheckj.replay;

import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.MetadataChange.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Changes of files' names and lengths that nothing has made durable yet. A file is forgotten as soon as none of its changes
 * is left, so that programs with very many files cost little.
 */
final class FileMetadata {
    /** Of files not mapped so far: one that was changed long ago will hardly be. */
    private static final int MOST_UNMAPPED = 1 << 16;

    private static final class File {
        final FileIdentity identity;
        /** Null while it is not mapped. */
        Segment segment;

        String name;
        FileIdentity folder;
        final Map<Kind, MetadataChange> changes = new EnumMap<>(Kind.class);

        File(FileIdentity identity, Segment segment) {
            this.identity = identity;
            this.segment = segment;
        }

        boolean awaitsStore() {
            return segment != null
                    && segment.domain() != Domain.PAGE_CACHE
                    && (changes.containsKey(Kind.CREATED) || changes.containsKey(Kind.RESIZED));
        }
    }

    private final Map<Segment, File> mapped = new HashMap<>();
    private final Map<FileIdentity, File> unmapped = new LinkedHashMap<>();
    private final Map<FileIdentity, Set<File>> byFolder = new HashMap<>();
    /** Segments whose file has no name any more. */
    private final Set<Segment> removed = new HashSet<>();
    /** Segments of which a store makes the file durable. */
    private final Set<Segment> awaitingStore = new HashSet<>();

    private long changes;

    /** How many changes there were so far. */
    long changes() {
        return changes;
    }

    /** Whether {@link #stored} must hear of stores. */
    boolean awaitsStores() {
        return !awaitingStore.isEmpty();
    }

    /** The file system gave an identity away again: the file that had it before is gone. */
    void replaced(FileIdentity identity, Segment segment) {
        forget(find(identity, segment));
        removed.remove(segment);
    }

    /** @param segment what the file is or was mapped as, or null */
    void created(FileIdentity identity, Segment segment, FileIdentity folder, MetadataChange change) {
        note(identity, segment, folder, change);
    }

    void renamed(FileIdentity identity, Segment segment, FileIdentity folder, MetadataChange change) {
        for (File file : List.copyOf(mapped.values())) {
            if (change.path().equals(file.name) && file.segment != segment) {
                fileGone(file); // the name was this file's and is taken away from it
            }
        }
        note(identity, segment, folder, change);
    }

    void resized(FileIdentity identity, Segment segment, MetadataChange change) {
        note(identity, segment, null, change);
    }

    MetadataChange change(Kind kind, ThreadState thread, int site, Places places, String path) {
        return new MetadataChange(kind, thread.id, site, places.stackOf(site), places.isFresh(site), path, ++changes);
    }

    private void note(FileIdentity identity, Segment segment, FileIdentity folder, MetadataChange change) {
        if (!identity.isKnown() || removed.contains(segment)) {
            return;
        }
        File file = find(identity, segment);
        if (file == null) {
            file = new File(identity, segment);
            if (segment != null) {
                file.name = segment.path();
                mapped.put(segment, file);
            } else {
                unmapped.put(identity, file);
                if (unmapped.size() > MOST_UNMAPPED) {
                    forget(unmapped.values().iterator().next());
                }
            }
        }
        file.changes.put(change.kind(), change);
        if (folder != null) {
            leaveFolder(file);
            file.folder = folder;
            file.name = change.path();
            byFolder.computeIfAbsent(folder, key -> new HashSet<>()).add(file);
        }
        watch(file);
    }

    private File find(FileIdentity identity, Segment segment) {
        File file = unmapped.get(identity);
        return file == null ? mapped.get(segment) : file;
    }

    private void watch(File file) {
        if (file.awaitsStore()) {
            awaitingStore.add(file.segment);
        } else {
            awaitingStore.remove(file.segment);
        }
    }

    /** The file is mapped for writing, perhaps not for the first time. */
    void mapped(FileIdentity identity, Segment segment) {
        File file = unmapped.remove(identity);
        if (file != null) {
            forget(mapped.get(segment));
            file.segment = segment;
            mapped.put(segment, file);
        }
        File known = mapped.get(segment);
        if (known != null) {
            watch(known);
        }
    }

    /** A name of the file is gone. */
    void removed(FileIdentity identity, Segment segment, String path) {
        File file = find(identity, segment);
        if (file == null) {
            if (segment != null && endsAlike(path, segment.path())) {
                removed.add(segment);
            }
        } else if (file.name == null
                || endsAlike(path, file.name)
                || file.segment != null && endsAlike(path, file.segment.path())) {
            fileGone(file);
        }
    }

    /** Whether two paths of one file have the same last name: the folders before it may be written in several ways. */
    private static boolean endsAlike(String path, String other) {
        return path.substring(path.lastIndexOf('/') + 1).equals(other.substring(other.lastIndexOf('/') + 1));
    }

    private void fileGone(File file) {
        forget(file);
        if (file.segment != null) {
            removed.add(file.segment);
        }
    }

    private void forget(File file) {
        if (file != null) {
            unmapped.remove(file.identity, file);
            mapped.remove(file.segment, file);
            awaitingStore.remove(file.segment);
            leaveFolder(file);
        }
    }

    private void leaveFolder(File file) {
        Set<File> others = byFolder.get(file.folder);
        if (others != null && others.remove(file) && others.isEmpty()) {
            byFolder.remove(file.folder);
        }
    }

    /**
     * A file or folder was synced.
     *
     * @param before number of the last change that is durable with it
     */
    void synced(FileIdentity identity, Segment segment, long before) {
        File file = find(identity, segment);
        if (file != null) {
            settle(file, before);
        }
        Set<File> inFolder = byFolder.get(identity);
        if (inFolder != null) {
            List.copyOf(inFolder).forEach(each -> settle(each, before));
        }
    }

    /**
     * A mapped range of a file in the page cache was synced: msync writes back the whole file with its metadata, as fsync
     * does (vfs_fsync_range in the kernel).
     */
    void synced(Segment segment, long before) {
        File file = mapped.get(segment);
        if (file != null) {
            settle(file, before);
        }
    }

    private void settle(File file, long before) {
        file.changes.values().removeIf(change -> change.number() <= before);
        if (file.changes.isEmpty()) {
            forget(file);
        } else {
            watch(file);
        }
    }

    /**
     * Bytes of a segment were stored. With MAP_SYNC the file's block is in the file at the same offset after a crash as soon
     * as a page of it can be written (mmap(2)), so the file is there and long enough; it may still have its old name.
     */
    void stored(Segment segment) {
        if (awaitingStore.remove(segment)) {
            File file = mapped.get(segment);
            file.changes.keySet().removeIf(kind -> kind != Kind.RENAMED);
            if (file.changes.isEmpty()) {
                forget(file);
            }
        }
    }

    /** What to do with a change that was not synced. */
    interface ChangeVisitor {
        void visit(Segment segment, MetadataChange change);
    }

    /**
     * Visits the changes that are left of files that were stored to, by segment. Where bytes of a file are not persistent
     * either, one force is missing for both, and a missing name or length is not a second mistake.
     */
    void forEachLeft(ChangeVisitor visitor) {
        List<File> files = new ArrayList<>(mapped.values());
        files.removeIf(file -> file.segment.storedBytes() == 0);
        files.sort((a, b) -> Integer.compare(a.segment.id(), b.segment.id()));
        for (File file : files) {
            for (MetadataChange change : file.changes.values()) {
                if (change.kind() == Kind.RENAMED || file.segment.pendingBytes() == 0) {
                    visitor.visit(file.segment, change);
                }
            }
        }
    }
}
