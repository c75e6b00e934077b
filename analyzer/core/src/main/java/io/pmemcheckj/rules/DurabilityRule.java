package io.pmemcheckj.rules;

import io.pmemcheckj.memory.PendingState;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.rules.FindingGroup.Place;
import io.pmemcheckj.rules.FindingGroup.Related;
import java.util.ArrayList;
import java.util.List;

/** Common to the rules about bytes that are not persistent at the end or where the program declares them so. */
abstract class DurabilityRule extends Rule {
    static final String EXPECTED = "expected persistent here";
    private final PendingState state;
    /** Whether any durability point reported anything. */
    private boolean expectations;

    DurabilityRule(String id, PendingState state, FindingBook book) {
        super(id, book);
        this.state = state;
    }

    /** Where the finding stands. */
    abstract Place place(int owner, int flushSite);

    /** The bytes of a line whose state another rule explains; a cause is reported, and not its consequences. */
    abstract long explained(int segment, long line);

    /** The other half of the story; null for none. */
    abstract Related otherHalf(int owner, int flushSite);

    @Override
    public final void notPersistent(
            Segment segment, long line, long mask, int owner, PendingState found, int flushSite, int expectedSite) {
        if (found != state) {
            return;
        }
        Place place = place(owner, flushSite);
        long bytes = mask & ~explained(segment.id(), line);
        if (expectedSite == AT_END && bytes != 0) {
            // What a declared durability point reported is the same mistake, told better.
            bytes &= ~reportedAtDurabilityPoint(place, segment, line);
        }
        if (bytes == 0) {
            return;
        }
        List<Related> related = new ArrayList<>();
        Related other = otherHalf(owner, flushSite);
        if (other != null) {
            related.add(other);
        }
        if (expectedSite != AT_END) {
            related.add(related(EXPECTED, expectedSite));
            expectations = true;
        }
        book.group(this, book.owners().thread(owner), place, related.toArray(new Related[0]))
                .addLeftover(segment, line, bytes, owner);
    }

    @Override
    final List<Moment> timeline(FindingGroup group) {
        return historyThen(
                group,
                group.hasRole(EXPECTED)
                        ? Moment.at("expected persistent", last(group.related).place(), FindingBook.NO_THREAD)
                        : Moment.end());
    }

    private static Related last(List<Related> related) {
        return related.get(related.size() - 1);
    }

    private long reportedAtDurabilityPoint(Place place, Segment segment, long line) {
        return expectations ? book.alreadyReported(this, place.location(), segment, line) : 0;
    }

    final String deadline(FindingGroup group) {
        return group.hasRole(EXPECTED) ? "when the program declared them persistent" : book.atEnd();
    }
}
