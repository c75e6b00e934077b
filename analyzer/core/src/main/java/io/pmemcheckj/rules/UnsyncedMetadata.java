package io.pmemcheckj.rules;

import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.MetadataChange;
import io.pmemcheckj.replay.MetadataChange.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A mapped file whose creation, length or new name was not synced afterwards. */
final class UnsyncedMetadata extends Rule {
    /** What the changes of one finding were. */
    private static final class Changes {
        /** The first name that files got by each kind of change. */
        final Map<Kind, String> names = new EnumMap<>(Kind.class);

        final Set<Segment> files = new HashSet<>();
    }

    private final Map<FindingGroup, Changes> changes = new IdentityHashMap<>();

    UnsyncedMetadata(FindingBook book) {
        super("unsynced-metadata", book);
    }

    @Override
    public void metadataUnsynced(Segment segment, MetadataChange change) {
        FindingGroup group =
                book.group(this, change.thread(), book.place(change.site(), change.stack(), change.ownStack()));
        group.count(1);
        group.concern(segment);
        Changes made = changes.computeIfAbsent(group, key -> new Changes());
        made.files.add(segment);
        made.names.putIfAbsent(change.kind(), change.path() == null ? segment.path() : change.path());
    }

    @Override
    String message(FindingGroup group) {
        Changes made = changes.get(group);
        Set<Kind> kinds = made.names.keySet();
        List<String> done = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        boolean many = made.files.size() > 1;
        if (kinds.contains(Kind.CREATED)) {
            done.add("created");
            lost.add("be missing");
        }
        if (kinds.contains(Kind.RESIZED)) {
            done.add("resized");
            lost.add("have " + (many ? "their" : "its") + " old length");
        }
        if (kinds.contains(Kind.RENAMED)) {
            done.add("renamed to " + made.names.get(Kind.RENAMED));
            lost.add("have " + (many ? "their" : "its") + " old name");
        }
        return group.segment.path()
                + (many ? " and " + FindingGroup.amount(made.files.size() - 1, "other file") + " were " : " was ")
                + String.join(" and ", done) + " here, and "
                + notSynced(kinds, many) + " afterwards; after a crash "
                + (many ? "they" : "it") + " can " + String.join(" or ", lost) + ".";
    }

    private static String notSynced(Set<Kind> kinds, boolean many) {
        if (kinds.equals(Set.of(Kind.RESIZED))) {
            return many ? "none of them was synced" : "it was not synced";
        }
        return many
                ? "neither these files nor their folders were synced"
                : "neither the file nor its folder was synced";
    }

    @Override
    String fix(FindingGroup group) {
        return changes.get(group).names.keySet().equals(Set.of(Kind.RESIZED))
                ? "Call FileChannel.force(true) on the file after this."
                : "After this call FileChannel.force(true) on the file, or on its folder:"
                        + " FileChannel.open(dir, StandardOpenOption.READ).force(true).";
    }
}
