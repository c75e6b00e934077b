package io.pmemcheckj.replay;

import io.pmemcheckj.findings.Location;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.memory.FlushBatch;
import io.pmemcheckj.memory.Owners;
import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.ThreadState.Force;
import io.pmemcheckj.trace.MapFlags;
import io.pmemcheckj.trace.StoreKind;
import io.pmemcheckj.trace.TraceVisitor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Applies the events of a trace to {@link PersistentMemory} and tells the listeners.
 *
 * <p>{@link #store} is called for every store of the program and must not allocate; all else is rarer. Stores take effect a
 * few at a time, see {@link #catchUp}, and before any other event does. Not thread-safe; the counters may be read by another
 * thread and then are a little old.
 */
public final class Replayer implements TraceVisitor {
    private static final long DEFAULT_PAGE_SIZE = 4096;
    /** Fewer stores than this are applied sooner than looked at. */
    private static final int WORTH_FETCHING = 8;

    private static final int UNQUEUED_STORES = 1000;

    private static final int MOST_BY_NUMBER = 1 << 16;

    private final Domain forcedDomain;
    private final Predicate<String> counts;
    private final PersistentMemory memory = new PersistentMemory();
    private final Owners owners = memory.owners();
    private final Places places = new Places();
    private final Mappings mappings = new Mappings();
    private final Transactions transactions = new Transactions(this);
    private final List<ReplayListener> listeners = new ArrayList<>();
    // Of the frequent events only those hear who asked: a rule that ignores an event costs as much as one that does
    // not.
    private ReplayListener[] storeWatchers = new ReplayListener[0];
    private ReplayListener[] flushWatchers = new ReplayListener[0];
    private ReplayListener[] fenceWatchers = new ReplayListener[0];
    private boolean transactional;
    private final StoreQueue queue = new StoreQueue();
    private int applyDirectly;
    /** Means nothing: without a use of what it reads the compiler would leave the reading out. */
    private long fetched;

    private final StoreEvent storeEvent = new StoreEvent();
    private final FlushEvent flushEvent = new FlushEvent();
    private final Map<Object, Segment> segmentsByIdentity = new HashMap<>();
    private final Map<Integer, ThreadState> threads = new HashMap<>();
    /** Those of them with small numbers, as nearly all have. */
    private ThreadState[] threadsByNumber = new ThreadState[16];

    private final Map<String, String> properties = new HashMap<>();
    private final List<Report.Checkpoint> checkpoints = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();
    private long pageSize = DEFAULT_PAGE_SIZE;
    private String writableMapping;
    private boolean ended;
    private long stores;
    private long flushes;
    private long fences;
    private boolean audited;
    private long auditedBytes;
    private long unexplainedBytes;

    private record FileIdentity(long device, long inode) {}

    /** Registered memory that is gone can be replaced by other memory at the same address. */
    private record MemoryIdentity(long address, long length) {}

    /**
     * @param forcedDomain the domain of all segments, or null to take it from how each is mapped
     * @param counts tells by its path whether a segment is looked at
     */
    public Replayer(Domain forcedDomain, Predicate<String> counts) {
        this.forcedDomain = forcedDomain;
        this.counts = counts;
    }

    public void addListener(ReplayListener listener) {
        listeners.add(listener);
    }

    List<ReplayListener> listeners() {
        return listeners;
    }

    /** From now on the listener hears of stores before they take effect. */
    public void watchStores(ReplayListener listener) {
        storeWatchers = with(storeWatchers, listener);
    }

    /** From now on the listener hears of flushes. */
    public void watchFlushes(ReplayListener listener) {
        flushWatchers = with(flushWatchers, listener);
    }

    /** From now on the listener hears of fences. */
    public void watchFences(ReplayListener listener) {
        fenceWatchers = with(fenceWatchers, listener);
    }

    private static ReplayListener[] with(ReplayListener[] watchers, ReplayListener listener) {
        if (List.of(watchers).contains(listener)) {
            return watchers;
        }
        ReplayListener[] all = Arrays.copyOf(watchers, watchers.length + 1);
        all[watchers.length] = listener;
        return all;
    }

    void watchTransactionalStores() {
        transactional = true;
    }

    public PersistentMemory memory() {
        return memory;
    }

    public Places places() {
        return places;
    }

    public Transactions transactions() {
        return transactions;
    }

    /** Facts about the run, by the keys of the trace. */
    public Map<String, String> properties() {
        return Collections.unmodifiableMap(properties);
    }

    public List<Report.Checkpoint> checkpoints() {
        return Collections.unmodifiableList(checkpoints);
    }

    /** Why the trace is not whole. */
    public List<String> gaps() {
        return Collections.unmodifiableList(gaps);
    }

    /** Whether the trace said that nothing follows. */
    public boolean hasEnded() {
        return ended;
    }

    /** Number of stores into live mappings. */
    public long stores() {
        return stores;
    }

    public long flushes() {
        return flushes;
    }

    public long fences() {
        return fences;
    }

    /** What an audit compared and could explain, or null if there was none. */
    public Report.Audit audit() {
        return audited ? new Report.Audit(auditedBytes, auditedBytes - unexplainedBytes) : null;
    }

    /** Number of threads that did anything the trace holds. */
    public int threadCount() {
        return threads.size();
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
        ThreadState thread = threads.computeIfAbsent(id, key -> new ThreadState(key, memory.newBatch()));
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
        properties.put(key, value);
        if (key.equals("page-size")) {
            pageSize = pageSize(value);
        } else if (key.equals("audit") && value.equals("true")) {
            listeners.forEach(ReplayListener::auditComes);
        }
    }

    private static long pageSize(String value) {
        try {
            long size = Long.parseLong(value.trim());
            return size >= 64 && Long.bitCount(size) == 1 ? size : DEFAULT_PAGE_SIZE;
        } catch (NumberFormatException e) {
            return DEFAULT_PAGE_SIZE;
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
        Segment segment = segment(address, length, device, inode, registered, path);
        long position = registered ? segment.bias() : offset;
        segment.extendTo(position - segment.bias() + length);
        if ((flags & MapFlags.SYNC) != 0) {
            segment.markSync();
            segment.setDomain(forcedDomain == null ? Domain.ADR : forcedDomain);
        }
        mappings.add(address, address + length, segment, position);
    }

    private Segment segment(long address, long length, long device, long inode, boolean registered, String path) {
        Object identity = registered
                ? new MemoryIdentity(address, length)
                : device == 0 && inode == 0 ? path : new FileIdentity(device, inode);
        // A file system gives the inode of a deleted file to the next one: another name, with no mapping left of the
        // old,
        // is another file.
        Segment old = segmentsByIdentity.get(identity);
        if (old != null && !old.path().equals(path) && !mappings.show(old)) {
            segmentsByIdentity.remove(identity);
        }
        Domain domain = forcedDomain != null ? forcedDomain : registered ? Domain.ADR : Domain.PAGE_CACHE;
        return segmentsByIdentity.computeIfAbsent(
                identity, key -> memory.addSegment(path, registered ? address & 63 : 0, registered, domain));
    }

    @Override
    public void unmap(int thread, int site, long address, long length) {
        at(thread, site);
        if (length > 0) {
            mappings.remove(address, address + length);
        }
    }

    @Override
    public void store(int threadId, int site, StoreKind kind, long address, long size, int count) {
        boolean nonTemporal = kind == StoreKind.NON_TEMPORAL;
        if (applyDirectly > 0) {
            applyDirectly--;
            apply(threadId, site, nonTemporal, address, size, count);
        } else if (memory.fitsCaches()) {
            apply(threadId, site, nonTemporal, address, size, count);
        } else if (queue.add(threadId, site, nonTemporal, address, size, count)) {
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
            apply(
                    queue.thread(i),
                    queue.site(i),
                    queue.nonTemporal(i),
                    queue.address(i),
                    queue.size(i),
                    queue.count(i));
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

    private void apply(int threadId, int site, boolean nonTemporal, long address, long size, int count) {
        ThreadState thread = thread(threadId);
        long end = address + size * count;
        int mapping = mappings.indexOf(address);
        if (mappings.holds(mapping, address) && end <= mappings.end(mapping)) {
            stores += count;
            long start = mappings.position(mapping, address);
            storePiece(thread, site, nonTemporal, mappings.segment(mapping), start, end - address, size);
        } else {
            storeAcross(thread, site, nonTemporal, address, end, size);
        }
        thread.sample = 0;
    }

    /** A store that begins or ends outside a mapping: what lies inside counts. */
    private void storeAcross(ThreadState thread, int site, boolean nonTemporal, long address, long end, long size) {
        mappings.forEach(address, end - address, (segment, from, to) -> {
            stores += (to - from + size - 1) / size;
            storePiece(thread, site, nonTemporal, segment, from, to - from, size);
        });
    }

    private void storePiece(
            ThreadState thread, int site, boolean nonTemporal, Segment segment, long start, long length, long size) {
        int owner = owners.intern(site, thread.id, size, thread.sample);
        if (thread.sample != 0) {
            places.sampled(site, thread.sample);
        }
        long end = start + length;
        if (storeWatchers.length != 0 || transactional) {
            announce(thread, site, nonTemporal, owner, segment, start, end, size);
        }
        Domain domain = segment.domain();
        boolean bypasses = nonTemporal && domain != Domain.PAGE_CACHE;
        if (domain == Domain.EADR && !bypasses) {
            memory.storeDurably(segment, start, end);
            return;
        }
        memory.store(segment, start, end, owner);
        if (bypasses) {
            memory.flushStored(segment, start, end, thread.flushed, site);
            thread.flushedSinceFence = true;
        }
    }

    private void announce(
            ThreadState thread,
            int site,
            boolean nonTemporal,
            int owner,
            Segment segment,
            long start,
            long end,
            long size) {
        StoreEvent event = storeEvent;
        event.thread = thread.id;
        event.site = site;
        event.owner = owner;
        event.segment = segment;
        event.start = start;
        event.end = end;
        event.size = size;
        event.nonTemporal = nonTemporal;
        for (ReplayListener watcher : storeWatchers) {
            watcher.storing(event);
        }
        if (!thread.transactions.isEmpty()) {
            transactions.stored(event);
        }
    }

    @Override
    public void fileStore(int threadId, int site, long device, long inode, long offset, long length, boolean durable) {
        catchUp();
        ThreadState thread = thread(threadId);
        Segment segment = segmentsByIdentity.get(new FileIdentity(device, inode));
        if (length > 0 && segment != null && mappings.show(segment)) {
            segment.extendTo(offset + length);
            stores++;
            storePiece(thread, site, false, segment, offset, length, length);
            if (durable) {
                memory.setClean(segment, offset, offset + length);
            }
        }
        thread.sample = 0;
    }

    @Override
    public void fileSize(int thread, int site, long device, long inode, long length) {
        at(thread, site);
        Segment segment = segmentsByIdentity.get(new FileIdentity(device, inode));
        if (segment != null && length < segment.size()) {
            memory.setClean(segment, length, segment.size()); // what is cut off cannot be lost any more
        }
    }

    /** What is stored is nothing to the rules. */
    @Override
    public void value(int thread, long at, int length, long bytes) {}

    @Override
    public void audited(long device, long inode, long bytes) {
        catchUp();
        if (segmentsByIdentity.containsKey(new FileIdentity(device, inode))) {
            audited = true;
            auditedBytes += bytes;
        }
    }

    @Override
    public void untracedWrite(long device, long inode, long offset, long length, String expected, String found) {
        catchUp();
        Segment segment = segmentsByIdentity.get(new FileIdentity(device, inode));
        if (segment != null) {
            unexplainedBytes += length;
            for (ReplayListener listener : listeners) {
                listener.untracedWrite(segment, offset, offset + length, expected, found);
            }
        }
    }

    @Override
    public void flush(int threadId, int site, long address, long length) {
        ThreadState thread = at(threadId, site);
        if (length <= 0) {
            return;
        }
        thread.flushedSinceFence = true;
        flushRange(thread, site, address, length, thread.flushed, FlushEvent.Kind.LINES);
    }

    /** @return the first segment touched, or null if the range touches none */
    private Segment flushRange(
            ThreadState thread, int site, long address, long length, FlushBatch batch, FlushEvent.Kind kind) {
        long end = address + length;
        int first = mappings.indexOf(address);
        if (!mappings.isBelow(first, end)) {
            return null;
        }
        memory.startFlush();
        FlushBatch earlier = batch == thread.flushed ? null : thread.flushed;
        for (int i = first; mappings.isBelow(i, end); i++) {
            Segment segment = mappings.segment(i);
            long unit = kind == FlushEvent.Kind.FORCE && segment.domain() == Domain.PAGE_CACHE ? pageSize : 64;
            long from = mappings.position(i, Math.max(address, mappings.start(i)));
            long to = mappings.position(i, Math.min(end, mappings.end(i)));
            memory.flush(segment, from & -unit, (to + unit - 1) & -unit, batch, earlier, site);
        }
        flushes++;
        Segment segment = mappings.segment(first);
        if (flushWatchers.length != 0) {
            long start = mappings.position(first, Math.max(address, mappings.start(first)));
            announceFlush(kind, thread, site, segment, start, length);
        }
        return segment;
    }

    private void announceFlush(
            FlushEvent.Kind kind, ThreadState thread, int site, Segment segment, long start, long length) {
        FlushEvent event = flushEvent;
        event.kind = kind;
        event.thread = thread.id;
        event.site = site;
        event.segment = segment;
        event.start = start;
        event.length = length;
        event.coveredLines = memory.coveredLines();
        event.dirtyLines = memory.dirtyLines();
        event.dirtyBytes = memory.dirtyBytes();
        event.newlyCoveredBytes = memory.newlyCoveredBytes();
        for (ReplayListener watcher : flushWatchers) {
            watcher.flushed(event);
        }
    }

    @Override
    public void fence(int threadId, int site, boolean explicit) {
        ThreadState thread = at(threadId, site);
        boolean ordersNothing = !thread.flushedSinceFence;
        if (explicit || !ordersNothing) {
            fences++;
            for (ReplayListener watcher : fenceWatchers) {
                watcher.fenced(threadId, site, explicit, ordersNothing);
            }
            completeFlushes(thread);
        }
    }

    private void completeFlushes(ThreadState thread) {
        memory.complete(thread.flushed);
        thread.flushedSinceFence = false;
    }

    @Override
    public void forceBegin(int threadId, int site, long address, long length) {
        ThreadState thread = at(threadId, site);
        Force force = thread.beginForce(site, memory);
        if (length > 0) {
            Segment segment = flushRange(thread, site, address, length, force.batch, FlushEvent.Kind.FORCE);
            if (segment != null) {
                force.counts = true;
                force.fences = segment.domain() != Domain.PAGE_CACHE;
            }
        }
    }

    @Override
    public void fileForceBegin(int threadId, int site, long device, long inode) {
        ThreadState thread = at(threadId, site);
        Force force = thread.beginForce(site, memory);
        Segment segment = segmentsByIdentity.get(new FileIdentity(device, inode));
        if (segment != null) {
            flushes++;
            force.counts = true;
            memory.flushAll(segment, force.batch, thread.flushed, site);
        }
    }

    @Override
    public void forceEnd(int threadId, boolean failed) {
        catchUp();
        ThreadState thread = thread(threadId);
        thread.sample = 0;
        Force force = thread.endForce();
        if (force == null) {
            return;
        }
        if (force.counts) {
            fences++;
        }
        if (failed) {
            memory.fail(force.batch, force.site);
            return;
        }
        memory.complete(force.batch);
        if (force.fences) {
            completeFlushes(thread);
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
    public void beginUndoLog(int thread, int site) {
        at(thread, site);
    }

    @Override
    public void addToUndoLog(int thread, int site, long address, long length, boolean automatic) {
        at(thread, site);
    }

    @Override
    public void abortUndoLog(int thread, int site) {
        at(thread, site);
    }

    @Override
    public void endUndoLog(int thread, int site, boolean persisted) {
        at(thread, site);
    }

    @Override
    public void allocated(int thread, int site, long address, long length) {
        at(thread, site);
    }

    @Override
    public void freed(int thread, int site, long address, long length) {
        at(thread, site);
    }

    @Override
    public void fileNamed(int thread, int site, long device, long inode, long directory, boolean renamed, String path) {
        at(thread, site);
    }

    @Override
    public void fileRemoved(int thread, int site, long device, long inode, String path) {
        at(thread, site);
    }

    @Override
    public void volatilePointer(int thread, int site, long address, long value) {
        at(thread, site);
    }

    @Override
    public void internal(int thread, boolean begins) {
        catchUp();
    }

    @Override
    public void marker(int thread, int site, String label) {
        at(thread, site);
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
        checkpoints.add(new Report.Checkpoint(label, pendingStores, memory.pendingBytes()));
    }

    @Override
    public void expectPersisted(int thread, int site, long address, long length) {
        at(thread, site);
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
    }

    @Override
    public void checksummed(int thread, int site, long address, long length) {
        at(thread, site);
    }

    @Override
    public void label(int thread, int site, long address, long length, String name) {
        at(thread, site);
        if (length > 0) {
            mappings.forEach(
                    address,
                    length,
                    (segment, from, to) -> listeners.forEach(listener -> listener.labelled(segment, from, to, name)));
        }
    }

    @Override
    public void gap(String reason) {
        catchUp();
        gaps.add(reason);
    }

    @Override
    public void end() {
        catchUp();
        ended = true;
    }

    /** Judges what is left: call once, after the last event. */
    public void finish() {
        catchUp();
        transactions.finish();
        memory.forEachPending((segment, line, mask, owner, state, flushSite) -> {
            for (ReplayListener listener : listeners) {
                listener.notPersistent(segment, line, mask, owner, state, flushSite, ReplayListener.AT_END);
            }
        });
    }
}
