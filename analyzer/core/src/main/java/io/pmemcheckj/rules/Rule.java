package io.pmemcheckj.rules;

import io.pmemcheckj.findings.RuleCatalogue;
import io.pmemcheckj.findings.Severity;
import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.replay.ReplayListener;
import io.pmemcheckj.rules.FindingGroup.Place;
import io.pmemcheckj.rules.FindingGroup.Related;
import java.util.ArrayList;
import java.util.List;

/** A rule: listens to the replay, reports to the book, and words what it found. */
abstract class Rule implements ReplayListener {
    private final String id;
    final FindingBook book;

    Rule(String id, FindingBook book) {
        this.id = id;
        this.book = book;
    }

    final String id() {
        return id;
    }

    /** How much a finding matters: as the catalogue says, unless what the program declared makes it worse. */
    Severity severity(FindingGroup group) {
        return RuleCatalogue.load().rule(id).severity();
    }

    /** One sentence that says what happened. */
    abstract String message(FindingGroup group);

    /** One sentence that says what to do. */
    abstract String fix(FindingGroup group);

    /**
     * What happened to the bytes of the group's first occurrence, in order; the last is what makes it a mistake. Asked when
     * that is reported, because the memory forgets.
     */
    List<Moment> timeline(FindingGroup group) {
        return List.of();
    }

    /** What is known of the group's bytes, and what came then. */
    final List<Moment> historyThen(FindingGroup group, Moment... last) {
        List<Moment> moments = new ArrayList<>(LineHistory.of(book, group.segment, group.start, group.end));
        moments.addAll(List.of(last));
        return moments;
    }

    /** What is known of the group's bytes, and the store that is about to change them. */
    final List<Moment> historyThenStore(FindingGroup group) {
        return historyThen(group, happened(Moment.STORED, group));
    }

    /** What is known of the group's bytes, and ends with the flush that has just covered them. */
    final List<Moment> historyOfFlush(FindingGroup group) {
        List<Moment> moments = historyThen(group);
        if (!moments.isEmpty()) {
            moments.set(moments.size() - 1, moments.get(moments.size() - 1).completed());
        }
        return moments;
    }

    /** What the code at the group's place did to its bytes. */
    static Moment happened(String event, FindingGroup group) {
        return new Moment(
                event,
                group.place.location(),
                group.thread,
                group.start - group.segment.bias(),
                group.end - group.start);
    }

    /** Another place of the story, by its site. */
    final Related related(String role, int site) {
        return new Related(role, book.place(site));
    }

    /** Another place of the story: a store. */
    final Related relatedStore(String role, int owner) {
        return new Related(role, book.stored(owner));
    }

    final Place place(int site) {
        return book.place(site);
    }

    /** The call that makes bytes of the group's segment durable, in words. */
    static String persistCall(FindingGroup group) {
        if (group.segment != null && group.segment.isPool()) {
            return "the flush or persist of the library that mapped it for this range, or add the range to a transaction";
        }
        return group.segment != null && group.segment.domain() == Domain.PAGE_CACHE
                ? "force() of the buffer for this range, or FileChannel.force()"
                : "force(index, length) of the buffer for this range (or flush and fence its lines)";
    }
}
