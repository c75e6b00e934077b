package io.pmemcheckj.rules;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.FindingOrder;
import io.pmemcheckj.findings.Fingerprint;
import io.pmemcheckj.findings.Location;
import io.pmemcheckj.memory.Owners;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.Places;
import io.pmemcheckj.replay.Replayer;
import io.pmemcheckj.rules.FindingGroup.Place;
import io.pmemcheckj.rules.FindingGroup.Related;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what the rules report, grouped by rule and places. */
public final class FindingBook {
    private record Key(String rule, Location location, List<Location> related) {}

    /** The thread of a finding that none of the program's threads made. */
    static final int NO_THREAD = -1;

    private final Replayer replayer;
    private final Map<Key, FindingGroup> groups = new LinkedHashMap<>();
    private final Causes causes = new Causes();
    private final FailedExpectations expectations = new FailedExpectations(this);
    private Epochs epochs;
    private String judged = "program";

    public FindingBook(Replayer replayer) {
        this.replayer = replayer;
    }

    /** @param newJudged what ends when the replay does, for messages: {@code program} unless this says otherwise */
    public void judge(String newJudged) {
        judged = newJudged;
    }

    /** The moment at which all must be persistent, in words. */
    String atEnd() {
        return "when the " + judged + " ended";
    }

    Replayer replayer() {
        return replayer;
    }

    /** What threads store between their durability points; followed from the first call on. */
    Epochs epochs() {
        if (epochs == null) {
            epochs = new Epochs(replayer);
        }
        return epochs;
    }

    /** Bytes of which one rule says why they are not persistent. */
    Causes causes() {
        return causes;
    }

    /** What the program expected and is not so. */
    public FailedExpectations expectations() {
        return expectations;
    }

    Owners owners() {
        return replayer.memory().owners();
    }

    /** Number of findings so far. */
    public int size() {
        return groups.size();
    }

    /** Where an owner stored. */
    Place stored(int owner) {
        int site = owners().site(owner);
        int stack = owners().stack(owner);
        return stack != 0
                ? place(site, stack, true)
                : place(site, replayer.places().stackOf(site), false);
    }

    /** Where the event that is being replayed happened. */
    Place place(int site) {
        return place(site, replayer.places().stackOf(site), replayer.places().isFresh(site));
    }

    /** @param own whether the stack is that of the very event */
    Place place(int site, int stack, boolean own) {
        return new Place(replayer.places().nearest(site, stack), stack, own, replayer.places());
    }

    /** The group of a rule and places; it counts as a finding from now on. */
    FindingGroup group(Rule rule, int thread, Place place, Related... related) {
        List<Related> others = List.of(related);
        Key key = new Key(
                rule.id(),
                place.location(),
                others.stream().map(other -> other.place().location()).toList());
        FindingGroup group = groups.get(key);
        if (group == null) {
            group = new FindingGroup(rule, place, others);
            group.thread = thread;
            groups.put(key, group);
        }
        group.happenedAt(place);
        expectations.occurred(rule, group, thread);
        return group;
    }

    /** The bytes of a line that some finding of the rule at the location, whatever is related, concerns already. */
    long alreadyReported(Rule rule, Location location, Segment segment, long line) {
        long mask = 0;
        for (Map.Entry<Key, FindingGroup> entry : groups.entrySet()) {
            if (entry.getKey().rule().equals(rule.id())
                    && entry.getKey().location().equals(location)) {
                mask |= entry.getValue().leftover(segment.id(), line);
            }
        }
        return mask;
    }

    /** Findings so far, in the order of their first occurrence, with the fingerprints that they have now. */
    public List<Finding> findingsSoFar() {
        List<Finding> findings = new ArrayList<>();
        for (FindingGroup group : groups.values()) {
            findings.add(finding(group));
        }
        return Fingerprint.assign(findings);
    }

    /** All findings, the worst first, with fingerprints. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(findingsSoFar());
        findings.sort(FindingOrder.WORST_FIRST);
        return Fingerprint.assign(findings);
    }

    /** Whether the trace says that each event has the stack in front of it that it was made with. */
    private boolean hasAllStacks() {
        return "full".equals(replayer.facts().properties().get("stacks"));
    }

    private Finding finding(FindingGroup group) {
        Places places = replayer.places();
        long occurrences = group.occurrences(owners());
        List<Location> frames = frames(group.place);
        boolean known = group.place.own() && !frames.isEmpty();
        Finding.Range range = group.segment == null
                ? null
                : new Finding.Range(
                        group.segment.id(),
                        group.segment.path(),
                        group.start - group.segment.bias(),
                        group.end - group.start);
        Finding finding = new Finding(
                "",
                group.rule.id(),
                group.rule.severity(group),
                group.rule.message(group),
                group.rule.fix(group),
                occurrences,
                group.bytes(),
                group.place.location(),
                frames,
                !known || occurrences > 1 && !(hasAllStacks() && group.hasOneStack()),
                range,
                group.thread == NO_THREAD ? null : places.thread(group.thread),
                group.related.stream()
                        .map(other ->
                                new Finding.Related(other.role(), other.place().location(), frames(other.place())))
                        .toList());
        return finding.after(
                group.timeline().stream().map(moment -> moment.step(places)).toList());
    }

    private List<Location> frames(Place place) {
        List<Location> frames = place.places().frames(place.stack());
        if (!frames.isEmpty()) {
            return frames;
        }
        return place.location().equals(Location.UNKNOWN) ? List.of() : List.of(place.location());
    }
}
