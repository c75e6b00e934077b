package io.pmemcheckj.crash;

import io.pmemcheckj.crash.check.Verdict;
import io.pmemcheckj.crash.state.CrashFile;
import io.pmemcheckj.crash.state.FailurePoint;
import io.pmemcheckj.crash.state.FileReplay;
import io.pmemcheckj.crash.state.PendingStore;
import io.pmemcheckj.crash.state.State;
import io.pmemcheckj.crash.state.Unit;
import io.pmemcheckj.findings.CrashState;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Fingerprint;
import io.pmemcheckj.findings.Location;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.findings.Severity;
import io.pmemcheckj.replay.Places;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The refused states, one finding for each cause: what was lost, or, where nothing was, when the crash came. */
final class CrashFindings {
    static final String RULE = "inconsistent-crash-state";
    private static final int SHOWN_BYTES = 32;
    private static final int SHOWN_STORES = 64;
    private static final int SHOWN_LINES = 32;
    private static final int SHOWN_MARKERS = 10;
    private static final int LINE = 64;
    private static final int MOST_RELATED = 8;

    /** What makes two refused states the same finding. */
    record Cause(Set<Location> lost, Location moment) {}

    private static final class Group {
        long order;
        long occurrences;
        Finding finding;
    }

    private final Map<Cause, Group> groups = new LinkedHashMap<>();
    /** By hash, what explains the refused contents; whatever was acknowledged when they were met. */
    private final Map<Long, Cause> contents = new HashMap<>();

    private final Map<String, Report.Segment> segments;

    /** @param segments by path, those of the report */
    CrashFindings(Map<String, Report.Segment> segments) {
        this.segments = segments;
    }

    static Cause cause(Story story, Places places) {
        Set<Location> lost = new LinkedHashSet<>();
        story.torn().forEach(store -> lost.add(places.nearest(store.site(), store.stack())));
        story.lost().forEach(store -> lost.add(places.nearest(store.site(), store.stack())));
        FailurePoint.Moment moment = story.moment();
        return new Cause(lost, lost.isEmpty() ? places.nearest(moment.site(), moment.stack()) : Location.UNKNOWN);
    }

    /**
     * Counts a refused state to a finding that explains it: one of the same content, or with the same cause.
     *
     * @return false if there is none
     */
    synchronized boolean explains(long content, Cause cause) {
        Cause known = contents.containsKey(content) ? contents.get(content) : explanation(cause);
        if (known == null) {
            return false;
        }
        contents.put(content, known);
        groups.get(known).occurrences++;
        return true;
    }

    /** The cause of refused states with this content, or null. */
    synchronized Cause known(long content) {
        return contents.get(content);
    }

    private Cause explanation(Cause cause) {
        for (Cause known : groups.keySet()) {
            boolean same =
                    known.lost().isEmpty() ? known.equals(cause) : cause.lost().containsAll(known.lost());
            if (same) {
                return known;
            }
        }
        return null;
    }

    /** Whether a state that came at this place in the order would be the one to show for a cause. */
    synchronized boolean wants(Cause cause, long order) {
        Group group = groups.get(cause);
        return group == null || order < group.order;
    }

    /**
     * Adds what refused states tell.
     *
     * @param refused hashes of their contents
     */
    synchronized void add(Cause cause, long order, Finding finding, Set<Long> refused) {
        refused.forEach(content -> contents.putIfAbsent(content, cause));
        Group group = groups.computeIfAbsent(cause, key -> new Group());
        group.occurrences += refused.size();
        if (group.finding == null || order < group.order) {
            group.finding = finding;
            group.order = order;
        }
    }

    /** Counts refused states to a finding that is there. */
    synchronized void count(Cause cause, Set<Long> refused) {
        refused.forEach(content -> contents.putIfAbsent(content, cause));
        groups.get(cause).occurrences += refused.size();
    }

    /** One cause turned out to be another. */
    synchronized void merge(Cause cause, Cause into) {
        Group gone = groups.remove(cause);
        groups.get(into).occurrences += gone.occurrences;
        contents.replaceAll((content, known) -> known.equals(cause) ? into : known);
    }

    synchronized int size() {
        return groups.size();
    }

    /** All findings, in the order of the states that show them. */
    synchronized List<Finding> findings() {
        List<Group> sorted = new ArrayList<>(groups.values());
        sorted.sort(Comparator.comparingLong(group -> group.order));
        return Fingerprint.assign(sorted.stream()
                .map(group -> group.finding.occurring(group.occurrences))
                .toList());
    }

    /**
     * Puts a finding into words.
     *
     * @param image path of the kept image, or null
     * @param reproduce command line that judges it again
     */
    Finding finding(FileReplay replay, State state, Verdict verdict, String image, String reproduce) {
        Places places = replay.places();
        Story story = new Story(state);
        FailurePoint.Moment moment = story.moment();
        Location location = places.nearest(moment.site(), moment.stack());
        List<PendingStore> gone = new ArrayList<>(story.torn());
        gone.addAll(story.lost());
        return new Finding(
                        "",
                        RULE,
                        Severity.ERROR,
                        message(story, verdict, places),
                        fix(story, places),
                        1,
                        gone.stream().mapToLong(store -> store.bytes().length).sum(),
                        location,
                        frames(places, moment.site(), moment.stack()),
                        true,
                        range(gone),
                        moment.thread() == 0 ? null : places.thread(moment.thread()),
                        related(story, places))
                .provedBy(new CrashState(
                        state.id(),
                        when(moment),
                        verdict.words(),
                        verdict.output(),
                        image,
                        reproduce,
                        lastMarkers(replay, state.point().markers()),
                        stores(story, places),
                        lines(state, story)));
    }

    private static List<String> lastMarkers(FileReplay replay, int passed) {
        return List.copyOf(replay.markers().subList(Math.max(0, passed - SHOWN_MARKERS), passed));
    }

    private static String when(FailurePoint.Moment moment) {
        return moment.event().contains(" the store") ? moment.event() : "right after " + moment.event();
    }

    private static String message(Story story, Verdict verdict, Places places) {
        FailurePoint.Moment moment = story.moment();
        StringBuilder text = new StringBuilder("A crash ")
                .append(when(moment))
                .append(at(places.nearest(moment.site(), moment.stack())))
                .append(" can leave files that the check refuses (")
                .append(verdict.words())
                .append("): ");
        List<PendingStore> gone = story.lost();
        if (gone.isEmpty()) {
            text.append(
                    story.torn().isEmpty()
                            ? "no store is lost, the files pass through this state."
                            : "a store is there in part.");
        } else {
            PendingStore first = gone.get(0);
            text.append("lost ")
                    .append(gone.size() == 1 ? "is the store of " : "are " + gone.size() + " stores, the first of ")
                    .append(first.bytes().length)
                    .append(first.bytes().length == 1 ? " byte" : " bytes")
                    .append(at(places.nearest(first.site(), first.stack())))
                    .append(story.survived().isEmpty() ? "." : ", while later ones survived.");
        }
        return text.toString();
    }

    private static String at(Location location) {
        return location.file() == null ? "" : " at " + location.file() + ":" + location.line();
    }

    private static String fix(Story story, Places places) {
        List<PendingStore> gone = new ArrayList<>(story.torn());
        gone.addAll(story.lost());
        if (gone.isEmpty()) {
            return "Let recovery recognise this state, or change the order of the steps so that the files are consistent after"
                    + " each of them.";
        }
        PendingStore first = gone.get(0);
        String lost = at(places.nearest(first.site(), first.stack())).replaceFirst("^ at ", "");
        if (!story.torn().isEmpty() && story.lost().isEmpty()) {
            return "Let recovery notice a store that is there in part (a checksum), or publish it by a later, aligned store"
                    + " of at most 8 bytes.";
        }
        return story.survived().isEmpty()
                ? "Make the store at " + lost + " persistent before the program relies on it."
                : "Make the store at " + lost + " persistent before those that survived are made, or let recovery"
                        + " recognise that it is missing.";
    }

    private static List<Finding.Related> related(Story story, Places places) {
        Map<String, Finding.Related> related = new LinkedHashMap<>();
        story.lost().forEach(store -> relate(related, "lost", store, places));
        story.torn().forEach(store -> relate(related, "torn", store, places));
        story.survived().forEach(store -> relate(related, "survived", store, places));
        return related.values().stream().limit(MOST_RELATED).toList();
    }

    private static void relate(Map<String, Finding.Related> to, String role, PendingStore store, Places places) {
        Location location = places.nearest(store.site(), store.stack());
        to.putIfAbsent(
                role + location, new Finding.Related(role, location, frames(places, store.site(), store.stack())));
    }

    private static List<Location> frames(Places places, int site, int stack) {
        List<Location> frames = places.frames(stack);
        return frames.isEmpty() && site != 0 ? List.of(places.site(site)) : frames;
    }

    private Finding.Range range(List<PendingStore> gone) {
        if (gone.isEmpty()) {
            return null;
        }
        PendingStore first = gone.get(0);
        Report.Segment segment = segments.get(first.file().path());
        return new Finding.Range(
                segment == null ? 0 : segment.id(), first.file().path(), first.offset(), first.bytes().length);
    }

    private static List<CrashState.Store> stores(Story story, Places places) {
        List<Story.Part> parts = new ArrayList<>(story.parts());
        parts.sort(Comparator.comparing(part -> part.fate() == Unit.Fate.SURVIVED));
        // Of very many survivors the latest tell most.
        int dropped = Math.max(0, parts.size() - SHOWN_STORES);
        int gone = (int)
                parts.stream().filter(part -> part.fate() != Unit.Fate.SURVIVED).count();
        List<Story.Part> shown = new ArrayList<>(parts.subList(0, Math.min(gone, SHOWN_STORES)));
        if (shown.size() < SHOWN_STORES) {
            shown.addAll(parts.subList(Math.max(gone, Math.min(parts.size(), gone + dropped)), parts.size()));
        }
        Map<PendingStore, byte[]> before = before(story);
        return shown.stream()
                .map(part -> new CrashState.Store(
                        part.fate().id(),
                        places.nearest(part.store().site(), part.store().stack()),
                        frames(places, part.store().site(), part.store().stack()),
                        places.thread(part.store().thread()),
                        part.store().file().path(),
                        part.store().offset(),
                        part.store().bytes().length,
                        hex(before.get(part.store())),
                        hex(part.store().bytes())))
                .toList();
    }

    /** What each store overwrote. */
    private static Map<PendingStore, byte[]> before(Story story) {
        Map<PendingStore, byte[]> before = new LinkedHashMap<>();
        List<PendingStore> done = new ArrayList<>();
        for (Story.Part part : story.parts()) {
            PendingStore store = part.store();
            byte[] bytes = new byte[Math.min(SHOWN_BYTES, store.bytes().length)];
            store.file().content().read(store.offset(), bytes);
            done.forEach(earlier -> overlay(bytes, store.file(), store.offset(), earlier));
            before.put(store, bytes);
            if (done.size() < 10_000) {
                done.add(store);
            }
        }
        return before;
    }

    private static void overlay(byte[] bytes, CrashFile file, long offset, PendingStore store) {
        if (store.file() == file) {
            long from = Math.max(offset, store.offset());
            long to = Math.min(offset + bytes.length, store.end());
            if (from < to) {
                System.arraycopy(
                        store.bytes(), (int) (from - store.offset()), bytes, (int) (from - offset), (int) (to - from));
            }
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(SHOWN_BYTES, bytes.length)));
    }

    /** The lines that the stores of a story are in. */
    private static List<CrashState.Line> lines(State state, Story story) {
        Map<CrashFile, Set<Long>> numbers = new LinkedHashMap<>();
        List<Story.Part> parts = new ArrayList<>(story.parts());
        parts.sort(Comparator.comparing(part -> part.fate() == Unit.Fate.SURVIVED));
        for (Story.Part part : parts) {
            Set<Long> lines = numbers.computeIfAbsent(part.store().file(), file -> new LinkedHashSet<>());
            long last = Math.min(part.store().end() - 1, part.store().offset() + (long) LINE * SHOWN_LINES);
            for (long line = part.store().offset() / LINE; line <= last / LINE; line++) {
                lines.add(line);
            }
        }
        List<CrashState.Line> found = new ArrayList<>();
        numbers.forEach((file, lines) -> lines.stream()
                .limit(Math.max(0, SHOWN_LINES - found.size()))
                .sorted()
                .forEach(line -> found.add(line(state, story, file, line * LINE))));
        return found;
    }

    private static CrashState.Line line(State state, Story story, CrashFile file, long offset) {
        byte[] persistent = new byte[LINE];
        file.content().read(offset, persistent);
        byte[] crashed = persistent.clone();
        for (State.Patch patch : state.patches()) {
            overlay(crashed, file, offset, new PendingStore(patch.file(), 0, 0, 0, 0, patch.offset(), patch.bytes()));
        }
        byte[] memory = persistent.clone();
        story.parts().forEach(part -> overlay(memory, file, offset, part.store()));
        HexFormat hex = HexFormat.of();
        return new CrashState.Line(
                file.path(), offset, hex.formatHex(persistent), hex.formatHex(crashed), hex.formatHex(memory));
    }
}
