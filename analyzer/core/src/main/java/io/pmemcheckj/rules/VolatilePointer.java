package io.pmemcheckj.rules;

import io.pmemcheckj.memory.Segment;
import java.util.List;

/** The address of volatile memory, stored in a persistent segment. */
final class VolatilePointer extends Rule {
    VolatilePointer(FindingBook book) {
        super("volatile-pointer", book);
    }

    @Override
    public void volatilePointer(int thread, int site, Segment segment, long position, long value) {
        FindingGroup group = book.group(this, thread, place(site));
        group.count(1);
        group.addBytes(segment, position, position + Long.BYTES);
        group.describe("0x" + Long.toHexString(value));
    }

    @Override
    List<Moment> timeline(FindingGroup group) {
        List<Moment> known = historyThen(group);
        return known.isEmpty() ? List.of(happened(Moment.STORED, group)) : known;
    }

    @Override
    String message(FindingGroup group) {
        return "The address " + group.detail() + ", of memory that does not outlive the process, was stored here in "
                + group.segment.path() + "; after a restart it points to nothing, or to something else.";
    }

    @Override
    String fix(FindingGroup group) {
        return "Store an offset from the start of the segment, or a handle of a persistent heap, instead of an address of a"
                + " direct buffer, of memory of an Arena or malloc, or of memkind.";
    }
}
