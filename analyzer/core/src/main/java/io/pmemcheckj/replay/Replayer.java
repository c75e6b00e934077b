package io.pmemcheckj.replay;

import io.pmemcheckj.findings.Location;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.memory.Owners;
import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.ThreadState.Force;
import io.pmemcheckj.trace.MapFlags;
import io.pmemcheckj.trace.StoreKind;
import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.live.FlushFigures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Applies the events of a trace to {@link PersistentMemory} and tells the listeners.
 *
 * <p>{@link #store} is called for every store of the program and must not allocate; all else is rarer. Stores take effect a
 * few at a time, see {@link #catchUp}, and before any other event does. Not thread-safe; the counters may be read by another
 * thread and then are a little old.
 */
public final class Replayer implements TraceVisitor {
    /** Fewer stores than this are applied sooner than looked at. */
    private static final int WORTH_FETCHING = 8;

    private static final int UNQUEUED_STORES = 1000;

    /** From here on downwards stand for threads before a part began; {@code -1} is nobody. */
    private static final int EARLIER = -2;

    private static final int MOST_BY_NUMBER = 1 << 16;

    private final Domain forcedDomain;
    private final Predicate<String> counts;
    private final PersistentMemory memory = new PersistentMemory();
    private final Owners owners = memory.owners();
    private final Places places;
    private final Mappings mappings = new Mappings();
    private final Transactions transactions = new Transactions(this);
    private final List<ReplayListener> listeners = new ArrayList<>();
    private final Watchers watchers = new Watchers();
    private final TraceFacts facts = new TraceFacts();
    private final Segments segments = new Segments(memory, mappings);
    private final FileMetadata metadata;
    private final Declarations declarations = new Declarations();
    private final Flusher flusher = new Flusher(memory, mappings, watchers, facts);
    /** Whether anything must hear of stores; see {@link #attend}. */
    private boolean attended;

    private StoreFollower follower;
    private final Attention attention = new Attention();

    private boolean transactional;
    private boolean internals;
    private final StoreQueue queue = new StoreQueue();
    private int applyDirectly;
    /** Means nothing: without a use of what it reads the compiler would leave the reading out. */
    private long fetched;

    private final StoreEvent storeEvent = new StoreEvent();
    private final Map<Integer, ThreadState> threads = new HashMap<>();
    /** Those of them with small numbers, as nearly all have. */
    private ThreadState[] threadsByNumber = new ThreadState[16];

    private String writableMapping;
    private long stores;
    private long loads;

    /**
     * @param forcedDomain the domain of all segments, or null to take it from how each is mapped
     * @param counts tells by its path whether a segment is looked at
     */
    public Replayer(Domain forcedDomain, Predicate<String> counts) {
        this(forcedDomain, counts, new Places());
    }

    private Replayer(Domain forcedDomain, Predicate<String> counts, Places places) {
        this.forcedDomain = forcedDomain;
        this.counts = counts;
        this.places = places;
        metadata = new FileMetadata(segments, places);
    }

    /**
     * A replay of what follows, by itself; to be given the same events from now on, after this one. When its listeners are there,
     * {@link #begin} it.
     *
     * @param domain as for a new one; null to leave it at that of this replay
     */
    public Replayer part(Domain domain, Predicate<String> counts) {
        return new Replayer(domain, counts, places);
    }

    /**
     * Carries on where the replay stands that this one is a part of: with the files that are mapped, and what was said of them.
     * What is not persistent yet is known and can be flushed, and is nobody's fault here.
     */
    public void begin(Replayer whole) {
        whole.catchUp();
        whole.facts.properties().forEach(this::property);
        whole.facts.gaps().forEach(this::gap);
        for (int i = 0; i < whole.mappings.count(); i++) {
            Segment other = whole.mappings.segment(i);
            if (counts.test(other.path())) {
                Segment own = segments.like(other, whole.segments, forcedOr(other.domain()));
                long start = whole.mappings.start(i);
                mappings.add(start, whole.mappings.end(i), own, whole.mappings.position(i, start));
                if (other.isPool()) {
                    transactions.undoLogs().mapped(own);
                }
            }
        }
        whole.memory.forEachPending((other, line, mask, owner, state, flushSite) -> {
            if (whole.mappings.show(other) && counts.test(other.path())) {
                Segment own = segments.like(other, whole.segments, forcedOr(other.domain()));
                if (own.domain() != Domain.EADR) {
                    memory.storeBytes(own, line, mask, earlier(whole.owners, owner));
                }
            }
        });
        whole.declarations.tell(this);
    }

    /** Who stored before this replay began, so that places are known and it is told from who stores now. */
    private int earlier(Owners known, int owner) {
        int thread = known.thread(owner);
        return owners.intern(
                known.site(owner), thread < 0 ? thread : EARLIER - thread, known.size(owner), known.stack(owner));
    }

    private boolean isEarlier(int owner) {
        return owners.thread(owner) <= EARLIER;
    }

    public void addListener(ReplayListener listener) {
        listeners.add(listener);
    }

    List<ReplayListener> listeners() {
        return listeners;
    }

    /** From now on the listener hears of stores before they take effect. */
    public void watchStores(ReplayListener listener) {
        watchers.addOfStores(listener);
        attended = true;
    }

    /** From now on the listener hears of flushes. */
    public void watchFlushes(ReplayListener listener) {
        watchers.addOfFlushes(listener);
    }

    /** From now on the listener hears of fences. */
    public void watchFences(ReplayListener listener) {
        watchers.addOfFences(listener);
    }

    /** From now on the listener hears of loads, and of what synchronizes threads. */
    public void watchLoads(ReplayListener listener) {
        watchers.addOfLoads(listener);
    }

    /** From now on the listener hears of bytes that become persistent. */
    public void watchPersists(ReplayListener listener) {
        watchers.addOfPersists(listener);
        memory.tellPersisted(watchers::persisted);
    }

    /**
     * What each thread stores is remembered for a while, for one who wants to know.
     *
     * @return which stores it is told of
     */
    public Attention follow(StoreFollower newFollower) {
        follower = newFollower;
        flusher.follow(newFollower);
        return attention;
    }

    void watchTransactionalStores() {
        transactional = true;
        attended = true;
    }

    /** To be called when files' metadata changed or became durable: some of it waits for stores. */
    private void reconsiderAttention() {
        attended = transactional || internals || watchers.hearStores() || metadata.awaitsStores();
    }

    public PersistentMemory memory() {
        return memory;
    }

    /** The segment of a file that is or was mapped, or null. */
    public Segment segment(FileIdentity file) {
        return segments.find(file);
    }

    /** The file of a segment; null for memory, and where it is not known. */
    public FileIdentity file(Segment segment) {
        return segments.file(segment);
    }

    public Places places() {
        return places;
    }

    public Transactions transactions() {
        return transactions;
    }

    public TraceFacts facts() {
        return facts;
    }

    /** The latest flushes and fences. */
    public RecentFlushes recentFlushes() {
        return flusher.recent();
    }

    /** The latest stores of a thread; empty unless somebody follows, see {@link #follow}. */
    public RecentStores recentStores(int thread) {
        return thread(thread).recent;
    }

    /** Number of stores into live mappings. */
    public long stores() {
        return stores;
    }

    /** Number of loads from live mappings, where they are recorded. */
    public long loads() {
        return loads;
    }

    public long flushes() {
        return flusher.flushes();
    }

    public long fences() {
        return flusher.fences();
    }

    /** Number of lines in the ranges flushed, rounded as the domain does it; forces of whole files name no range. */
    public long linesFlushed() {
        return flusher.lines();
    }

    /** Lines among them with bytes that were not flushed. */
    public long linesDirty() {
        return flusher.dirtyLines();
    }

    /** What the latest flush of a thread found, null where it was of nothing that is mapped. */
    public FlushFigures lastFlush(int threadId) {
        ThreadState thread = threads.get(threadId);
        return thread == null || thread.flushLines == 0
                ? null
                : new FlushFigures(thread.flushLines, thread.flushLinesDirty, thread.flushBytesDirty);
    }

    /** Number of threads that did anything the trace holds; those of the JVM that only unmap do not count. */
    public int threadCount() {
        return (int) threads.values().stream().filter(thread -> thread.acted).count();
    }

    /** A file that counts and that the program could have stored to, or null. */
    public String writableMapping() {
        return writableMapping;
    }

    ThreadState thread(int id) {
        ThreadState thread = id >= 0 && id < threadsByNumber.length ? threadsByNumber[id] : null;
        return thread == null ? findThread(id) : thread;
    }

    private ThreadState findThread(int id) {
        ThreadState thread = threads.computeIfAbsent(id, key -> new ThreadState(key, memory.newBatch(key)));
        if (id >= 0 && id < MOST_BY_NUMBER) {
            if (id >= threadsByNumber.length) {
                threadsByNumber = Arrays.copyOf(threadsByNumber, Math.max(id + 1, 2 * threadsByNumber.length));
            }
            threadsByNumber[id] = thread;
        }
        return thread;
    }

    /** Starts an event: its thread, with a stack sample kept for the site if there is one. */
    private ThreadState at(int threadId, int site) {
        catchUp();
        ThreadState thread = thread(threadId);
        thread.acted = true;
        watchers.acts(threadId, site);
        if (thread.sample != 0) {
            places.sampled(site, thread.sample);
            thread.sample = 0;
        } else {
            places.notSampled(site);
        }
        return thread;
    }

    @Override
    public void property(String key, String value) {
        facts.property(key, value);
        if (key.equals("audit") && value.equals("true")) {
            listeners.forEach(ReplayListener::auditComes);
        }
        if (key.equals("loads") && value.equals("true")) {
            listeners.forEach(ReplayListener::loadsCome);
        }
    }

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
        catchUp();
        thread(thread).sample = stack;
    }

    @Override
    public void map(
            int thread,
            int site,
            long address,
            long length,
            long device,
            long inode,
            long offset,
            int flags,
            String path) {
        at(thread, site);
        boolean registered = (flags & MapFlags.REGISTERED) != 0;
        if (length <= 0 || registered && mappings.covers(address, address + length)) {
            return;
        }
        boolean writable = (flags & (MapFlags.READ_ONLY | MapFlags.PRIVATE)) == 0;
        if (!writable || !counts.test(path)) {
            mappings.remove(address, address + length);
            return;
        }
        writableMapping = path;
        Segment segment = registered
                ? segments.ofMemory(address, length, forcedOr(Domain.ADR), path)
                : segments.ofFile(new FileIdentity(device, inode), forcedOr(Domain.PAGE_CACHE), path);
        long position = registered ? segment.bias() : offset;
        segment.extendTo(position - segment.bias() + length);
        if ((flags & MapFlags.SYNC) != 0) {
            segment.markSync();
            segment.setDomain(forcedOr(Domain.ofMapping(flags)));
        }
        if ((flags & MapFlags.LIBRARY) != 0) {
            transactions.undoLogs().mapped(segment);
        }
        mappings.add(address, address + length, segment, position);
        listeners.forEach(listener -> listener.mapped(segment, position, position + length));
        if (!registered) {
            metadata.mapped(new FileIdentity(device, inode), segment);
            reconsiderAttention();
        }
    }

    private Domain forcedOr(Domain domain) {
        return forcedDomain == null ? domain : forcedDomain;
    }

    @Override
    public void unmap(int threadId, int site, long address, long length) {
        ThreadState thread = thread(threadId);
        boolean acted = thread.acted;
        at(threadId, site);
        thread.acted = acted;
        if (length > 0) {
            Set<Segment> touched = new HashSet<>();
            mappings.forEach(address, length, (segment, from, to) -> touched.add(segment));
            mappings.remove(address, address + length);
            declarations.unmapped(address, length);
            for (Segment segment : touched) {
                transactions.undoLogs().unmapped(segment, mappings);
            }
        }
    }

    @Override
    public void store(int threadId, int site, StoreKind kind, long address, long size, int count) {
        if (applyDirectly > 0) {
            applyDirectly--;
            apply(threadId, site, kind, address, size, count);
        } else if (memory.fitsCaches()) {
            apply(threadId, site, kind, address, size, count);
        } else if (queue.add(threadId, site, kind, address, size, count)) {
            catchUp();
        }
    }

    /** Applies the stores that still wait: to be called before anything else looks at the memory. */
    public void catchUp() {
        int length = queue.length;
        if (length == 0) {
            return;
        }
        queue.length = 0;
        if (length >= WORTH_FETCHING) {
            fetch(length);
        } else {
            applyDirectly = UNQUEUED_STORES; // other events follow so closely that waiting does not pay
        }
        for (int i = 0; i < length; i++) {
            apply(queue.thread(i), queue.site(i), queue.kind(i), queue.address(i), queue.size(i), queue.count(i));
        }
    }

    /** Reads the state that the queued stores will change, so that all of it comes from memory at the same time. */
    private void fetch(int length) {
        long[] lines = queue.lines;
        int from = 0;
        while (from < length) {
            int mapping = mappings.indexOf(queue.address(from));
            int to = from;
            while (to < length && mappings.holds(mapping, queue.address(to))) {
                lines[to] = mappings.position(mapping, queue.address(to)) >> 6;
                to++;
            }
            if (to > from) {
                fetched += memory.fetch(mappings.segment(mapping), lines, from, to);
            }
            from = Math.max(to, from + 1);
        }
    }

    private void apply(int threadId, int site, StoreKind kind, long address, long size, int count) {
        ThreadState thread = thread(threadId);
        long end = address + size * count;
        int mapping = mappings.indexOf(address);
        if (mappings.holds(mapping, address) && end <= mappings.end(mapping)) {
            stores += count;
            long start = mappings.position(mapping, address);
            storePiece(thread, site, kind, mappings.segment(mapping), start, end - address, size);
        } else {
            storeAcross(thread, site, kind, address, end, size);
        }
        thread.sample = 0;
    }

    /** A store that begins or ends outside a mapping: what lies inside counts. */
    private void storeAcross(ThreadState thread, int site, StoreKind kind, long address, long end, long size) {
        mappings.forEach(address, end - address, (segment, from, to) -> {
            stores += (to - from + size - 1) / size;
            storePiece(thread, site, kind, segment, from, to - from, size);
        });
    }

    private void storePiece(
            ThreadState thread, int site, StoreKind kind, Segment segment, long start, long length, long size) {
        boolean nonTemporal = kind == StoreKind.NON_TEMPORAL;
        int owner = owners.intern(site, thread.id, size, thread.sample);
        if (thread.sample != 0) {
            places.sampled(site, thread.sample);
        }
        if (!thread.acted) {
            thread.acted = true;
        }
        long end = start + length;
        boolean judged = !attended || attend(thread, site, kind, owner, segment, start, end, size);
        if (follower != null && judged) {
            if (attention.isDrawnBy(site, start, size)) {
                follower.storing(event(thread, site, kind, owner, segment, start, end, size), thread.recent);
            }
            thread.recent.add(memory, owner, segment, start, end, size);
        }
        Domain domain = segment.domain();
        if (!judged || domain == Domain.EADR && !nonTemporal) {
            memory.storeDurably(segment, start, end);
            return;
        }
        memory.store(segment, start, end, owner);
        if (nonTemporal) { // only libraries for persistent memory do this, and flush lines: taken at their word
            // everywhere
            memory.flushStored(segment, start, end, thread.flushed, site);
            thread.flushedSinceFence = true;
        }
    }

    /** Tells of a store before it takes effect. @return false for one that is a library's own business */
    private boolean attend(
            ThreadState thread, int site, StoreKind kind, int owner, Segment segment, long start, long end, long size) {
        StoreEvent event = event(thread, site, kind, owner, segment, start, end, size);
        if (metadata.awaitsStores()) {
            metadata.stored(segment);
            reconsiderAttention();
        }
        if (!thread.transactions.isEmpty()) {
            transactions.stored(event);
        }
        if (thread.internal > 0) {
            return false;
        }
        watchers.storing(event);
        return true;
    }

    private StoreEvent event(
            ThreadState thread, int site, StoreKind kind, int owner, Segment segment, long start, long end, long size) {
        StoreEvent event = storeEvent;
        event.thread = thread.id;
        event.site = site;
        event.owner = owner;
        event.segment = segment;
        event.start = start;
        event.end = end;
        event.size = size;
        event.kind = kind;
        return event;
    }

    @Override
    public void guardSite(int site) {
        places.defineGuard(site);
    }

    @Override
    public void declaredOrder(String name, String first, String then) {
        catchUp();
        declarations.order(name, first, then);
        listeners.forEach(listener -> listener.orderDeclared(name, first, then));
    }

    @Override
    public void fileLoad(int thread, int site, long device, long inode, long offset, long length) {
        // Crash states are told apart by it; no rule looks at reads through descriptors.
    }

    @Override
    public void fileFound(long device, long inode, long length, String path) {
        // The rules look at what was stored, not at what it was stored to.
    }

    @Override
    public void fileContent(long device, long inode, long offset, byte[] bytes) {
        // See above.
    }

    @Override
    public void load(int threadId, int site, long address, long size, int count) {
        if (mappings.holds(mappings.indexOf(address), address)) {
            loads += count;
        }
        if (watchers.hearLoads()) {
            ThreadState thread = at(threadId, site);
            if (thread.internal == 0) {
                mappings.forEach(
                        address,
                        size * count,
                        (segment, from, to) -> watchers.loaded(threadId, site, segment, from, to));
            }
        }
    }

    @Override
    public void release(int thread, int site, long object) {
        if (watchers.hearLoads()) {
            catchUp(); // and no more: a thread that only passes things on is none of those that store
            watchers.released(thread, object);
        }
    }

    @Override
    public void acquire(int thread, int site, long object) {
        if (watchers.hearLoads()) {
            catchUp();
            watchers.acquired(thread, object);
        }
    }

    @Override
    public void fileStore(int threadId, int site, long device, long inode, long offset, long length, boolean durable) {
        catchUp();
        ThreadState thread = thread(threadId);
        Segment segment = segments.find(new FileIdentity(device, inode));
        if (length > 0 && segment != null && mappings.show(segment)) {
            segment.extendTo(offset + length);
            stores++;
            storePiece(thread, site, StoreKind.EXTERNAL, segment, offset, length, length);
            if (durable) {
                watchers.acts(threadId, site);
                memory.setClean(segment, offset, offset + length);
                metadata.written(segment);
                reconsiderAttention();
            }
        } else if (thread.sample != 0) {
            places.sampled(
                    site, thread.sample); // the same site may store to one that is mapped, and is sampled no more
        }
        thread.sample = 0;
    }

    @Override
    public void fileSize(int threadId, int site, long device, long inode, long length) {
        ThreadState thread = at(threadId, site);
        FileIdentity file = new FileIdentity(device, inode);
        Segment segment = segments.find(file);
        if (segment != null && length < segment.size()) {
            memory.setClean(segment, length, segment.size()); // what is cut off cannot be lost any more
        }
        metadata.resized(thread, site, file, length);
        reconsiderAttention();
    }

    @Override
    public void fileNamed(
            int threadId, int site, long device, long inode, long directory, boolean renamed, String path) {
        ThreadState thread = at(threadId, site);
        FileIdentity file = new FileIdentity(device, inode);
        FileIdentity folder = new FileIdentity(device, directory);
        if (renamed) {
            metadata.renamed(thread, site, file, folder, path);
        } else {
            metadata.created(thread, site, file, folder, path);
        }
        reconsiderAttention();
    }

    @Override
    public void fileRemoved(int thread, int site, long device, long inode, String path) {
        at(thread, site);
        metadata.removed(new FileIdentity(device, inode), path);
        reconsiderAttention();
    }

    /** What is stored is nothing to the rules. */
    @Override
    public void value(int thread, long at, int length, long bytes) {}

    @Override
    public void audited(long device, long inode, long bytes) {
        catchUp();
        if (segments.find(new FileIdentity(device, inode)) != null) {
            facts.audited(bytes);
        }
    }

    @Override
    public void untracedWrite(long device, long inode, long offset, long length, String expected, String found) {
        catchUp();
        Segment segment = segments.find(new FileIdentity(device, inode));
        if (segment != null) {
            facts.unexplained(length);
            for (ReplayListener listener : listeners) {
                listener.untracedWrite(segment, offset, offset + length, expected, found);
            }
        }
    }

    @Override
    public void flush(int thread, int site, long address, long length) {
        flusher.flush(at(thread, site), site, address, length);
    }

    @Override
    public void fence(int thread, int site, boolean explicit) {
        flusher.fence(at(thread, site), site, explicit);
    }

    @Override
    public void forceBegin(int thread, int site, long address, long length) {
        Force force = flusher.beginForce(at(thread, site), site, address, length);
        force.changesBefore = metadata.changes();
    }

    @Override
    public void persistBegin(int thread, int site, long address, long length) {
        flusher.beginPersist(at(thread, site), site, address, length);
    }

    @Override
    public void fileForceBegin(int thread, int site, long device, long inode) {
        FileIdentity file = new FileIdentity(device, inode);
        Force force = flusher.beginForce(at(thread, site), site, segments.find(file));
        force.file = file;
        force.changesBefore = metadata.changes();
    }

    @Override
    public void forceEnd(int threadId, boolean failed) {
        catchUp();
        ThreadState thread = thread(threadId);
        thread.sample = 0;
        Force force = flusher.endForce(thread, failed);
        if (force != null && force.changesBefore > 0) {
            metadata.synced(force);
            reconsiderAttention();
        }
    }

    @Override
    public void beginTransaction(int thread, int site, long transaction) {
        transactions.begin(at(thread, site), site, transaction);
    }

    @Override
    public void endTransaction(int thread, int site, long transaction) {
        transactions.end(at(thread, site), site, transaction);
    }

    @Override
    public void addToTransaction(int threadId, int site, long transaction, long address, long length) {
        ThreadState thread = at(threadId, site);
        if (length > 0) {
            mappings.forEach(
                    address,
                    length,
                    (segment, from, to) -> transactions.add(thread, site, transaction, segment, from, to));
        }
    }

    @Override
    public void removeFromTransaction(int threadId, int site, long transaction, long address, long length) {
        ThreadState thread = at(threadId, site);
        if (length > 0) {
            mappings.forEach(
                    address,
                    length,
                    (segment, from, to) -> transactions.remove(thread, transaction, segment, from, to));
        }
    }

    @Override
    public void joinTransaction(int thread, int site, long transaction) {
        transactions.join(at(thread, site), transaction);
    }

    @Override
    public void leaveTransaction(int thread, int site, long transaction) {
        transactions.leave(at(thread, site), transaction);
    }

    @Override
    public void ignoreInTransactions(int thread, int site, long address, long length) {
        at(thread, site);
        if (length > 0) {
            declarations.noTransaction(thread, site, address, length);
            mappings.forEach(address, length, transactions::ignore);
        }
    }

    @Override
    public void setClean(int thread, int site, long address, long length) {
        at(thread, site);
        if (length > 0) {
            mappings.forEach(address, length, memory::setClean);
        }
    }

    @Override
    public void beginUndoLog(int thread, int site, long pool) {
        int mapping = mappings.indexOf(pool);
        Segment segment = mappings.holds(mapping, pool) ? mappings.segment(mapping) : null;
        transactions.undoLogs().begin(at(thread, site), site, segment);
    }

    @Override
    public void addToUndoLog(int threadId, int site, long address, long length, boolean automatic) {
        ThreadState thread = at(threadId, site);
        if (length > 0) {
            mappings.forEach(
                    address,
                    length,
                    (segment, from, to) -> transactions.undoLogs().add(thread, site, automatic, segment, from, to));
        }
    }

    @Override
    public void abortUndoLog(int thread, int site) {
        transactions.undoLogs().abort(at(thread, site));
    }

    @Override
    public void endUndoLog(int thread, int site, boolean persisted) {
        transactions.undoLogs().end(at(thread, site), site, persisted);
    }

    @Override
    public void allocated(int threadId, int site, long address, long length) {
        ThreadState thread = at(threadId, site);
        if (length > 0) {
            mappings.forEach(address, length, (segment, from, to) -> {
                transactions.undoLogs().allocated(thread, segment, from, to);
                listeners.forEach(listener -> listener.allocated(segment, from, to));
            });
        }
    }

    @Override
    public void freed(int threadId, int site, long address, long length) {
        ThreadState thread = at(threadId, site);
        int mapping = mappings.indexOf(address);
        if (mappings.holds(mapping, address)) {
            transactions
                    .undoLogs()
                    .freed(thread, mappings.segment(mapping), mappings.position(mapping, address), length);
        }
    }

    /** Part of the store before: its stack is what was sampled there. */
    @Override
    public void volatilePointer(int threadId, int site, long address, long value) {
        catchUp();
        ThreadState thread = thread(threadId);
        if (thread.sample != 0) {
            places.sampled(site, thread.sample);
            thread.sample = 0;
        }
        int mapping = mappings.indexOf(address);
        if (mappings.holds(mapping, address) && thread.internal == 0) {
            Segment segment = mappings.segment(mapping);
            long position = mappings.position(mapping, address);
            listeners.forEach(listener -> listener.volatilePointer(threadId, site, segment, position, value));
        }
    }

    @Override
    public void internal(int threadId, boolean begins) {
        catchUp();
        ThreadState thread = thread(threadId);
        thread.internal = Math.max(0, thread.internal + (begins ? 1 : -1));
        internals = true;
        attended = true;
    }

    @Override
    public void marker(int thread, int site, String label) {
        at(thread, site);
        listeners.forEach(listener -> listener.marked(thread, label));
    }

    @Override
    public void checkpoint(int thread, int site, String label) {
        at(thread, site);
        Map<Integer, Long> bytesByOwner = new HashMap<>();
        memory.forEachPending((segment, line, mask, owner, state, flushSite) ->
                bytesByOwner.merge(owner, (long) Long.bitCount(mask), Long::sum));
        long pendingStores = 0;
        for (Map.Entry<Integer, Long> entry : bytesByOwner.entrySet()) {
            long size = owners.size(entry.getKey());
            pendingStores += (entry.getValue() + size - 1) / size;
        }
        facts.checkpoint(new Report.Checkpoint(label, pendingStores, memory.pendingBytes()));
    }

    @Override
    public void expectPersisted(int thread, int site, long address, long length) {
        at(thread, site);
        listeners.forEach(listener -> listener.expecting(thread));
        if (length > 0) {
            mappings.forEach(
                    address,
                    length,
                    (segment, from, to) -> memory.forEachPending(
                            segment,
                            from,
                            to,
                            (seg, line, mask, owner, state, flushSite) -> listeners.forEach(listener ->
                                    listener.notPersistent(seg, line, mask, owner, state, flushSite, site))));
        }
    }

    @Override
    public void expectOrdered(
            int thread, int site, long firstAddress, long firstLength, long secondAddress, long secondLength) {
        at(thread, site);
        if (firstLength <= 0 || secondLength <= 0) {
            return;
        }
        declarations.order(thread, site, firstAddress, firstLength, secondAddress, secondLength);
        mappings.forEach(
                firstAddress,
                firstLength,
                (first, from, to) -> mappings.forEach(
                        secondAddress,
                        secondLength,
                        (second, from2, to2) -> listeners.forEach(listener ->
                                listener.orderDeclared(thread, site, first, from, to, second, from2, to2))));
    }

    @Override
    public void atomic(int thread, int site, long address, long length) {
        at(thread, site);
        if (length > 0) {
            declarations.atomic(thread, site, address, length);
            mappings.forEach(
                    address,
                    length,
                    (segment, from, to) ->
                            listeners.forEach(listener -> listener.atomicDeclared(thread, site, segment, from, to)));
        }
    }

    @Override
    public void checksummed(int thread, int site, long address, long length) {
        at(thread, site);
        if (length > 0) {
            declarations.checksummed(thread, site, address, length);
            mappings.forEach(
                    address,
                    length,
                    (segment, from, to) -> listeners.forEach(listener -> listener.checksummed(segment, from, to)));
        }
    }

    @Override
    public void label(int thread, int site, long address, long length, String name) {
        at(thread, site);
        if (length > 0) {
            declarations.label(thread, site, address, length, name);
            mappings.forEach(
                    address,
                    length,
                    (segment, from, to) -> listeners.forEach(listener -> listener.labelled(segment, from, to, name)));
        }
    }

    @Override
    public void gap(String reason) {
        catchUp();
        facts.gap(reason);
    }

    @Override
    public void end() {
        catchUp();
        facts.ended = true;
    }

    /** Judges what is left: call once, after the last event. */
    public void finish() {
        catchUp();
        transactions.finish();
        memory.forEachPending((segment, line, mask, owner, state, flushSite) -> {
            if (isEarlier(owner)) {
                return;
            }
            for (ReplayListener listener : listeners) {
                listener.notPersistent(segment, line, mask, owner, state, flushSite, ReplayListener.AT_END);
            }
        });
        metadata.forEachLeft(
                (segment, change) -> listeners.forEach(listener -> listener.metadataUnsynced(segment, change)));
        listeners.forEach(ReplayListener::ended);
    }
}
