package io.pmemcheckj.replay;

import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.MetadataChange.Kind;
import io.pmemcheckj.replay.ThreadState.Force;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Changes of files' names and lengths that nothing has made durable yet. A file is forgotten as soon as none of its changes
 * is left, so that programs with very many files cost little.
 */
final class FileMetadata {
    /** Of files not mapped so far: one that was changed or removed long ago will hardly be. */
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
    /** Segments, and files not mapped so far, that have no name any more. */
    private final Set<Segment> removed = new HashSet<>();

    private final Set<FileIdentity> removedUnmapped = new LinkedHashSet<>();
    /** Segments of which a store makes the file durable. */
    private final Set<Segment> awaitingStore = new HashSet<>();

    private final Segments segments;
    private final Places places;
    private long changes;

    FileMetadata(Segments segments, Places places) {
        this.segments = segments;
        this.places = places;
    }

    /** How many changes there were so far. */
    long changes() {
        return changes;
    }

    /** Whether {@link #stored} must hear of stores. */
    boolean awaitsStores() {
        return !awaitingStore.isEmpty();
    }

    void created(ThreadState thread, int site, FileIdentity identity, FileIdentity folder, String path) {
        Segment segment = segments.find(identity);
        if (segment == null || !segments.isMapped(segment)) {
            // Another file had this identity, and the file system gives it away again: that file is gone.
            forget(unmapped.get(identity));
            forget(mapped.get(segment));
            if (removed.remove(segment)) {
                segments.detach(identity);
            }
            removedUnmapped.remove(identity);
            segment = null;
        }
        name(note(thread, site, Kind.CREATED, identity, segment, path), folder, path);
    }

    void renamed(ThreadState thread, int site, FileIdentity identity, FileIdentity folder, String path) {
        Segment segment = segments.find(identity);
        for (File file : List.copyOf(mapped.values())) {
            if (path.equals(file.name) && file.segment != segment) {
                fileGone(file); // the name was this file's and is taken away from it
            }
        }
        if (segment != null) {
            segments.renamed(segment, path);
        }
        name(note(thread, site, Kind.RENAMED, identity, segment, path), folder, path);
    }

    void resized(ThreadState thread, int site, FileIdentity identity, long length) {
        Segment segment = segments.find(identity);
        // What is cut off when the file is not mapped any more was room that the program did not need: with its old
        // length
        // after a crash the file is as good.
        boolean trimmed = segment != null && !segments.isMapped(segment) && length < segment.size();
        // A file of no length is not mapped before something else gives it one.
        boolean emptied = segment == null && length == 0;
        if (!trimmed && !emptied) {
            note(thread, site, Kind.RESIZED, identity, segment, null);
        }
    }

    /** @return the file, or null if its changes are of no concern */
    private File note(ThreadState thread, int site, Kind kind, FileIdentity identity, Segment segment, String path) {
        changes++;
        if (!identity.isKnown() || removed.contains(segment) || removedUnmapped.contains(identity)) {
            return null;
        }
        File file = find(identity, segment);
        if (file == null) {
            file = new File(identity, segment);
            keep(file);
        }
        file.changes.put(
                kind,
                new MetadataChange(kind, thread.id, site, places.stackOf(site), places.isFresh(site), path, changes));
        watch(file);
        return file;
    }

    private void keep(File file) {
        if (file.segment != null) {
            file.name = segments.name(file.segment);
            mapped.put(file.segment, file);
            return;
        }
        unmapped.put(file.identity, file);
        if (unmapped.size() > MOST_UNMAPPED) {
            forget(unmapped.values().iterator().next());
        }
    }

    private void name(File file, FileIdentity folder, String path) {
        if (file != null) {
            leaveFolder(file);
            file.folder = folder;
            file.name = path;
            byFolder.computeIfAbsent(folder, key -> new HashSet<>()).add(file);
        }
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
        if (removedUnmapped.remove(identity)) {
            removed.add(segment);
        }
        File known = mapped.get(segment);
        if (known != null) {
            watch(known);
        }
    }

    /** A name of the file is gone. */
    void removed(FileIdentity identity, String path) {
        Segment segment = segments.find(identity);
        File file = find(identity, segment);
        if (file != null) {
            if (file.name == null || isNameOf(path, file.name) || segment != null && isNameOf(path, segment.path())) {
                fileGone(file);
            }
        } else if (segment != null) {
            if (isNameOf(path, segments.name(segment))) {
                removed.add(segment);
            }
        } else {
            rememberRemoved(identity);
        }
    }

    private void rememberRemoved(FileIdentity identity) {
        removedUnmapped.add(identity);
        if (removedUnmapped.size() > MOST_UNMAPPED) {
            removedUnmapped.remove(removedUnmapped.iterator().next());
        }
    }

    /** Whether two paths of a file name the same: the folders before the last name may be written in several ways. */
    private static boolean isNameOf(String path, String other) {
        return path.substring(path.lastIndexOf('/') + 1).equals(other.substring(other.lastIndexOf('/') + 1));
    }

    private void fileGone(File file) {
        forget(file);
        if (file.segment != null) {
            removed.add(file.segment);
        } else {
            rememberRemoved(file.identity);
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

    /** A force ended well: what changed before it began is durable. */
    void synced(Force force) {
        long before = force.changesBefore;
        if (force.file == null) {
            // msync writes back the whole file with its metadata, as fsync does (vfs_fsync_range in the kernel).
            if (force.segment != 0 && !force.fences) {
                settle(mapped.get(segments.byId(force.segment)), before);
            }
            return;
        }
        settle(find(force.file, segments.find(force.file)), before);
        Set<File> inFolder = byFolder.get(force.file);
        if (inFolder != null) {
            List.copyOf(inFolder).forEach(file -> settle(file, before));
        }
    }

    /** A synchronous write through a descriptor, which ends as fsync does. */
    void written(Segment segment) {
        settle(mapped.get(segment), changes);
    }

    private void settle(File file, long before) {
        if (file == null) {
            return;
        }
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
        // A file whose identity another has by now is gone.
        files.removeIf(file -> file.segment.storedBytes() == 0 || segments.find(file.identity) != file.segment);
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
