package io.pmemcheckj.crash.state;

import io.pmemcheckj.findings.Location;
import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.replay.Places;
import io.pmemcheckj.trace.IgnoringVisitor;
import io.pmemcheckj.trace.MapFlags;
import io.pmemcheckj.trace.StoreKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Replays the bytes of a trace with values, and stops at every failure point.
 *
 * <p>Files that were mapped lose what is on its way; others are as the program left them. Names and lengths of files count as
 * persistent at once.
 */
public class FileReplay extends IgnoringVisitor {
    private static final int NOT_STORED_TO = MapFlags.READ_ONLY | MapFlags.PRIVATE;

    /** A store whose bytes are coming in. */
    private static final class Incoming {
        CrashFile file; // of a write through a descriptor, else null
        StoreKind kind;
        int thread;
        int site;
        int stack;
        long at;
        long size;
        boolean durable;
        byte[] bytes;
        int received;
    }

    /** What a thread is doing. */
    private static final class ThreadState {
        int sample;
        Incoming incoming;
        /** What was flushed since the last fence, with the mark it had then. */
        final Map<Unit, Long> flushed = new HashMap<>();
        /** The forces under way, innermost last. */
        final List<Force> forces = new ArrayList<>();
    }

    /** @param marks what it covers */
    private record Force(int site, Map<Unit, Long> marks) {}

    private final Domain forcedDomain;
    private final Predicate<String> counts;
    private final Failure failure;
    private final Consumer<FailurePoint> points;
    private final Places places = new Places();
    private final FileSet files = new FileSet();
    private final Windows<CrashFile> windows = new Windows<>();
    private final Map<Integer, ThreadState> threads = new HashMap<>();
    private final List<String> markers = new ArrayList<>();
    private final Set<CrashFile> foundBefore = new HashSet<>();
    private final Set<String> notes = new TreeSet<>();
    private final Set<String> defects = new TreeSet<>();
    /** All units in which something is on its way, by when it was first stored to. */
    private final Set<Unit> pending = new LinkedHashSet<>();

    private final Labelled labelled = new Labelled();
    private final Set<String> paths = new LinkedHashSet<>();
    /** Whether files got names since the paths were noted. */
    private boolean named;

    private FailurePoint.Moment since = FailurePoint.Moment.START;
    private long time;
    private long stores;
    /** A digest of where stores were made since what is certain changed last. */
    private long recentSites;

    private long pointCount;
    private long names;
    private FoundFiles found = new FoundFiles();
    /** Number of files that the run has made. */
    private int creations;
    /** Files that the run has made and not mapped yet, though it will. */
    private final Set<CrashFile> unfinished = new HashSet<>();
    /** Whether something was stored to a mapped file: what comes before is how the program sets its files up. */
    private boolean started;
    /** Whether the states have changed since the last failure point. */
    private boolean news = true;

    /**
     * @param forcedDomain the domain of all files, or null to take it from how each is mapped
     * @param counts tells by its path whether a crash may change a mapped file
     * @param points told of each failure point; what it is given is of use until it returns
     */
    public FileReplay(Domain forcedDomain, Predicate<String> counts, Failure failure, Consumer<FailurePoint> points) {
        this.forcedDomain = forcedDomain;
        this.counts = counts;
        this.failure = failure;
        this.points = points;
    }

    /** Puts the files where they were before the run; to be called first. */
    public void start(FoundFiles before) {
        found = before;
        for (FoundFiles.Found file : found.all()) {
            CrashFile known = files.create(
                    file.device(), file.inode(), file.path(), file.content().copy());
            known.setExists(true);
            name(known, 1);
            foundBefore.add(known);
        }
    }

    public Places places() {
        return places;
    }

    public List<CrashFile> files() {
        return files.all();
    }

    /** Paths that files had at failure points so far, in the order in which they had them. */
    public Set<String> paths() {
        return paths;
    }

    /** Labels of the markers passed so far. */
    public List<String> markers() {
        return markers;
    }

    /** What is not looked at, and why, in words. */
    public Set<String> notes() {
        return notes;
    }

    /** Why the files are not what they were, in words. */
    public Set<String> defects() {
        return defects;
    }

    /** Number of stores to mapped files. */
    public long stores() {
        return stores;
    }

    /** What the program has named so far. */
    public Labelled labelled() {
        return labelled;
    }

    /** What the program itself sees in the files, as a hash. */
    public long memoryHash() {
        long hash = certainHash();
        for (Unit unit : pending) {
            hash += unit.hash(unit.all());
        }
        return hash;
    }

    private long certainHash() {
        long hash = names;
        for (CrashFile file : files.all()) {
            if (file.exists()) {
                hash += file.content().hash();
            }
        }
        return hash;
    }

    private ThreadState thread(int number) {
        return threads.computeIfAbsent(number, key -> new ThreadState());
    }

    // ---- what the trace says of itself

    @Override
    public void thread(int thread, String name) {
        places.defineThread(thread, name);
    }

    @Override
    public void site(int site, String className, String method, String file, int line) {
        places.defineSite(site, new Location(className, method, file, line));
    }

    @Override
    public void stack(int stack, int[] sites) {
        places.defineStack(stack, sites);
    }

    @Override
    public void sample(int thread, int stack) {
        thread(thread).sample = stack;
    }

    /** The stack of an event: its own, or the one last seen at the site. */
    private int stackOf(int thread, int site) {
        ThreadState state = thread(thread);
        if (state.sample != 0) {
            places.sampled(site, state.sample);
            state.sample = 0;
        }
        return places.stackOf(site);
    }

    // ---- failure points

    /** Right before something happens that takes states away. */
    private void pointBefore(String event, int thread, int site) {
        pointBefore(event, thread, site, List.of());
    }

    private void pointBefore(String event, int thread, int site, List<Unit> more) {
        if (started && (news || !more.isEmpty())) {
            news = false;
            notePaths();
            points.accept(new FailurePoint(
                    pointCount++,
                    now(event, thread, site),
                    since,
                    markers.size(),
                    recentSites,
                    pending,
                    more,
                    certainHash()));
        }
    }

    /** Of interest are the names that files have when a crash can come. */
    private void notePaths() {
        if (named) {
            named = false;
            files.all().stream().filter(CrashFile::exists).map(CrashFile::path).forEach(paths::add);
        }
    }

    /** What is certain has changed. */
    private void changed(String event, int thread, int site) {
        since = now(event, thread, site);
        recentSites = 0;
        news = true;
    }

    private FailurePoint.Moment now(String event, int thread, int site) {
        return new FailurePoint.Moment(event, thread, site, places.stackOf(site), time);
    }

    // ---- files

    @Override
    public void fileFound(long device, long inode, long length, String path) {
        CrashFile file = files.find(device, inode);
        if (file == null) {
            file = files.create(device, inode, path);
            appear(file, "the first use of the file", 0, 0);
        }
        if (!foundBefore.contains(file) && length > file.content().length()) {
            resize(file, length, 0, 0);
        }
    }

    private void appear(CrashFile file, String event, int thread, int site) {
        if (!file.exists()) {
            pointBefore(event, thread, site);
            file.setExists(true);
            name(file, 1);
            changed(event, thread, site);
        }
    }

    /** Adds to or takes from the hash what the names and lengths of files are. */
    private void name(CrashFile file, int sign) {
        named = true;
        names += sign * (31L * file.path().hashCode() + file.content().length()) * 0x9e3779b97f4a7c15L;
    }

    @Override
    public void fileContent(long device, long inode, long offset, byte[] bytes) {
        CrashFile file = files.find(device, inode);
        if (file != null && !foundBefore.contains(file)) {
            write(file, offset, bytes);
            news = true;
        }
    }

    @Override
    public void fileSize(int thread, int site, long device, long inode, long length) {
        CrashFile file = files.find(device, inode);
        if (file != null && length != file.content().length()) {
            stackOf(thread, site);
            resize(file, length, thread, site);
        }
    }

    private void resize(CrashFile file, long length, int thread, int site) {
        String event = "the change of the file's length";
        if (!file.exists()) {
            file.content().resize(length);
            return;
        }
        pointBefore(event, thread, site);
        name(file, -1);
        for (Unit unit : file.pending().values()) {
            unit.truncate(length);
        }
        file.content().resize(length);
        name(file, 1);
        changed(event, thread, site);
        dropEmpty();
    }

    @Override
    public void fileNamed(int thread, int site, long device, long inode, long directory, boolean renamed, String path) {
        stackOf(thread, site);
        CrashFile file = files.find(device, inode);
        if (!renamed && file != null && file.exists()) {
            creations++;
            return; // it was there already
        }
        replaceAt(path, file, thread, site);
        boolean mappedLater = !renamed && found.isMappedLater(creations++);
        if (file == null) {
            CrashFile made = files.create(device, inode, path);
            if (mappedLater) {
                unfinished.add(made);
            } else {
                appear(made, "the creation of the file", thread, site);
            }
        } else if (!file.exists()) {
            file.rename(path);
        } else if (!file.path().equals(path)) {
            pointBefore("the renaming of the file", thread, site);
            name(file, -1);
            file.rename(path);
            name(file, 1);
            changed("the renaming of the file", thread, site);
        }
    }

    /** Another file that has the name loses it. */
    private void replaceAt(String path, CrashFile by, int thread, int site) {
        for (CrashFile other : files.all()) {
            if (other != by && other.exists() && other.path().equals(path)) {
                pointBefore("the renaming of the file", thread, site);
                vanish(other);
            }
        }
    }

    private void vanish(CrashFile file) {
        name(file, -1);
        file.setExists(false);
        pending.removeAll(file.pending().values());
        file.pending().clear();
        news = true;
    }

    @Override
    public void fileRemoved(int thread, int site, long device, long inode, String path) {
        CrashFile file = files.find(device, inode);
        if (file != null && file.exists() && file.path().equals(path)) {
            stackOf(thread, site);
            pointBefore("the removal of the file", thread, site);
            vanish(file);
            changed("the removal of the file", thread, site);
        }
        files.forget(device, inode);
    }

    @Override
    public void map(
            int thread,
            int site,
            long address,
            long length,
            long device,
            long inode,
            long fileOffset,
            int flags,
            String path) {
        stackOf(thread, site);
        windows.remove(address, address + length);
        if ((flags & NOT_STORED_TO) != 0 || length <= 0) {
            return;
        }
        if ((flags & MapFlags.REGISTERED) != 0) {
            notes.add("registered memory has no file: " + path);
            return;
        }
        if ((flags & MapFlags.LIBRARY) != 0) {
            defects.add("native code stores to " + path + ", which the trace does not hold");
        }
        CrashFile file = files.find(device, inode);
        if (file == null) {
            defects.add("the trace does not say what " + path + " held when it was mapped");
            file = files.create(device, inode, path);
            appear(file, "the mapping of the file", thread, site);
        }
        if (unfinished.remove(file)) {
            appear(file, "the mapping of the file", thread, site);
        }
        if (file.domain() == null) {
            file.mapped(forcedDomain == null ? Domain.ofMapping(flags) : forcedDomain, counts.test(path));
        }
        if (fileOffset + length > file.content().length()) {
            resize(file, fileOffset + length, thread, site);
        }
        windows.add(address, address + length, file, fileOffset);
    }

    @Override
    public void unmap(int thread, int site, long address, long length) {
        windows.remove(address, address + length);
    }

    // ---- stores

    @Override
    public void store(int thread, int site, StoreKind kind, long address, long size, int count) {
        Incoming store = incoming(thread, site, address, size * count);
        store.kind = kind;
        store.size = size;
    }

    @Override
    public void fileStore(int thread, int site, long device, long inode, long offset, long length, boolean durable) {
        Incoming store = incoming(thread, site, offset, length);
        store.file = files.find(device, inode);
        store.kind = StoreKind.PLAIN;
        store.size = length;
        store.durable = durable;
    }

    private Incoming incoming(int thread, int site, long at, long length) {
        ThreadState state = thread(thread);
        complete(state);
        Incoming store = new Incoming();
        store.thread = thread;
        store.site = site;
        store.stack = stackOf(thread, site);
        store.at = at;
        store.bytes = new byte[(int) Math.min(length, Integer.MAX_VALUE - 8)];
        state.incoming = store;
        return store;
    }

    @Override
    public void value(int thread, long at, int length, long bytes) {
        Incoming store = thread(thread).incoming;
        if (store == null) {
            return;
        }
        for (int i = 0; i < length; i++) {
            long index = at - store.at + i;
            if (index >= 0 && index < store.bytes.length) {
                store.bytes[(int) index] = (byte) (bytes >>> 8 * i);
            }
        }
        store.received += length;
        if (store.received >= store.bytes.length) {
            complete(thread(thread));
        }
    }

    /** The bytes of the thread's latest store are there. */
    private void complete(ThreadState thread) {
        Incoming store = thread.incoming;
        if (store == null) {
            return;
        }
        thread.incoming = null;
        if (store.received < store.bytes.length) {
            defects.add("the trace does not hold the bytes of a store at " + places.site(store.site));
            return;
        }
        for (long done = 0; done < store.bytes.length; done += store.size) {
            int part = (int) Math.min(store.size, store.bytes.length - done);
            if (store.file != null) {
                written(store, store.file, store.at + done, (int) done, part);
            } else {
                place(thread, store, (int) done, part);
            }
        }
    }

    private void place(ThreadState thread, Incoming store, int from, int length) {
        int[] done = {from};
        windows.forEach(store.at + from, length, (file, start, end) -> {
            stores++;
            stored(thread, store, pending(store, file, start, done[0], (int) (end - start)));
            done[0] += (int) (end - start);
        });
    }

    private PendingStore pending(Incoming store, CrashFile file, long offset, int from, int length) {
        recentSites |= 1L << (store.site * 0x9e3779b1 >>> 26);
        byte[] bytes = Arrays.copyOfRange(store.bytes, from, from + length);
        return new PendingStore(file, ++time, store.thread, store.site, store.stack, offset, bytes);
    }

    /** Through a mapping. */
    private void stored(ThreadState thread, Incoming incoming, PendingStore store) {
        started = true;
        if (!store.file().isVaried()) {
            atOnce(store, List.of());
        } else if (failure == Failure.PROCESS
                || store.file().domain() == Domain.EADR && incoming.kind != StoreKind.NON_TEMPORAL) {
            atOnce(store, List.of(new StoreUnit(store)));
        } else {
            List<Unit> units = spread(store);
            if (incoming.kind == StoreKind.NON_TEMPORAL) {
                units.forEach(unit -> thread.flushed.put(unit, unit.mark()));
            }
        }
    }

    /** Through a descriptor. */
    private void written(Incoming incoming, CrashFile file, long offset, int from, int length) {
        PendingStore store = pending(incoming, file, offset, from, length);
        if (store.end() > file.content().length()) {
            resize(file, store.end(), incoming.thread, incoming.site);
        }
        if (file.domain() == Domain.PAGE_CACHE && file.isVaried() && failure == Failure.POWER) {
            List<Unit> units = spread(store);
            if (incoming.durable) {
                Map<Unit, Long> marks = new HashMap<>();
                units.forEach(unit -> marks.put(unit, unit.mark()));
                persist(marks, "the synchronous write", incoming.thread, incoming.site);
            }
        } else {
            atOnce(store, List.of());
        }
    }

    /** A store that no crash takes back once it is made. */
    private void atOnce(PendingStore store, List<Unit> underWay) {
        if (store.file().exists()) {
            pointBefore("the store", store.thread(), store.site(), underWay);
        }
        write(store.file(), store.offset(), store.bytes());
        changed("the store", store.thread(), store.site());
    }

    /** Changes what is certain, and so what is on its way over it. */
    private static void write(CrashFile file, long offset, byte[] bytes) {
        file.content().write(offset, bytes, 0, bytes.length);
        file.pending().values().stream()
                .filter(unit -> unit.start() < offset + bytes.length && unit.start() + unit.length() > offset)
                .forEach(Unit::changed);
    }

    /** Puts a store on its way, in every unit that it touches. */
    private List<Unit> spread(PendingStore store) {
        CrashFile file = store.file();
        int size = file.unitSize();
        List<Unit> touched = new ArrayList<>();
        for (long start = store.offset() - store.offset() % size; start < store.end(); start += size) {
            Unit unit = file.pending().computeIfAbsent(start / size, number -> unit(file, number * size));
            unit.add(store);
            if (unit.isCoarse()) {
                notes.add("of pages with very many stores on their way, some moments are left out");
            }
            pending.add(unit);
            touched.add(unit);
        }
        news = true;
        return touched;
    }

    private static Unit unit(CrashFile file, long start) {
        return file.unitSize() == LineUnit.LINE
                ? new LineUnit(file, start, LineUnit.LINE)
                : new PageUnit(file, start, Content.PAGE);
    }

    // ---- what makes stores persistent

    @Override
    public void flush(int thread, int site, long address, long length) {
        stackOf(thread, site);
        complete(thread(thread));
        mark(address, length, thread(thread).flushed);
    }

    @Override
    public void fence(int thread, int site, boolean explicit) {
        stackOf(thread, site);
        ThreadState state = thread(thread);
        complete(state);
        if (!state.flushed.isEmpty()) {
            persist(state.flushed, "the fence", thread, site);
            state.flushed.clear();
        }
    }

    /** Notes how far each unit of a range has come. */
    private void mark(long address, long length, Map<Unit, Long> marks) {
        windows.forEach(address, length, (file, from, to) -> {
            int size = file.unitSize();
            if (to - from > (long) size * file.pending().size()) {
                file.pending().values().stream()
                        .filter(unit -> unit.start() < to && unit.start() + unit.length() > from)
                        .forEach(unit -> marks.put(unit, unit.mark()));
                return;
            }
            for (long number = from / size; number * size < to; number++) {
                Unit unit = file.pending().get(number);
                if (unit != null) {
                    marks.put(unit, unit.mark());
                }
            }
        });
    }

    private void persist(Map<Unit, Long> marks, String event, int thread, int site) {
        if (marks.entrySet().stream().noneMatch(mark -> mark.getKey().holdsUpTo(mark.getValue()))) {
            return;
        }
        pointBefore(event, thread, site);
        for (Map.Entry<Unit, Long> mark : marks.entrySet()) {
            PendingStore last = mark.getKey().persist(mark.getValue());
            if (last != null && last.time() > since.time()) {
                // The content could be like that as soon as this store was made.
                since = new FailurePoint.Moment("the store", last.thread(), last.site(), last.stack(), last.time());
            }
        }
        recentSites = 0;
        news = true;
        dropEmpty(marks.keySet());
    }

    private void dropEmpty(Set<Unit> units) {
        for (Unit unit : units) {
            if (unit.isEmpty()) {
                pending.remove(unit);
                unit.file().pending().remove(unit.start() / unit.length());
            }
        }
    }

    private void dropEmpty() {
        dropEmpty(new LinkedHashSet<>(pending));
    }

    @Override
    public void forceBegin(int thread, int site, long address, long length) {
        begin(thread, site, marks -> mark(address, length, marks));
    }

    @Override
    public void persistBegin(int thread, int site, long address, long length) {
        forceBegin(thread, site, address, length);
    }

    @Override
    public void fileForceBegin(int thread, int site, long device, long inode) {
        CrashFile file = files.find(device, inode);
        begin(thread, site, marks -> {
            if (file != null) {
                file.pending().values().forEach(unit -> marks.put(unit, unit.mark()));
            }
        });
    }

    private void begin(int thread, int site, Consumer<Map<Unit, Long>> cover) {
        stackOf(thread, site);
        ThreadState state = thread(thread);
        complete(state);
        Map<Unit, Long> marks = new HashMap<>();
        cover.accept(marks);
        state.forces.add(new Force(site, marks));
    }

    @Override
    public void forceEnd(int thread, boolean failed) {
        ThreadState state = thread(thread);
        complete(state);
        if (state.forces.isEmpty()) {
            return;
        }
        Force force = state.forces.remove(state.forces.size() - 1);
        if (!failed) {
            persist(force.marks(), "the end of the force", thread, force.site());
        }
    }

    @Override
    public void setClean(int thread, int site, long address, long length) {
        stackOf(thread, site);
        complete(thread(thread));
        Map<Unit, Long> marks = new HashMap<>();
        mark(address, length, marks);
        persist(marks, "the range being declared clean", thread, site);
    }

    // ---- what the program says

    @Override
    public void label(int thread, int site, long address, long length, String name) {
        windows.forEach(address, length, labelled::add);
    }

    @Override
    public void marker(int thread, int site, String label) {
        stackOf(thread, site);
        complete(thread(thread));
        pointBefore("the marker " + label, thread, site);
        markers.add(label);
        changed("the marker " + label, thread, site);
    }

    /** The trace is over: what is on its way can still be lost. */
    public void finish() {
        threads.values().forEach(this::complete);
        news |= pointCount == 0;
        pointBefore("the end", 0, 0);
        notePaths();
    }

    /** Files that the image holds at this moment, ordered by path. */
    public List<CrashFile> present() {
        return files.all().stream()
                .filter(CrashFile::exists)
                .sorted(Comparator.comparing(CrashFile::path))
                .toList();
    }
}
