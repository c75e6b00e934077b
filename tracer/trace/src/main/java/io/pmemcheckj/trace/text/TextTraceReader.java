package io.pmemcheckj.trace.text;

import io.pmemcheckj.trace.StoreKind;
import io.pmemcheckj.trace.TraceFormatException;
import io.pmemcheckj.trace.TraceVisitor;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * Reads the text form of a trace, as {@link TextTraceWriter} writes it or a person does; FORMAT.md describes it. Places
 * in the code are numbered, and defined at the visitor, when they first appear; so are threads that no {@code thread}
 * line named.
 */
public final class TextTraceReader {
    static final String OWN = "own";
    private static final String DURABLE = "durable";
    private static final String HINT = " (is this a trace of pmemcheck-j?)";

    private interface PlaceEvent {
        void visit(int thread, int site);
    }

    /** An event that concerns a range and nothing else. */
    private interface RangeEvent {
        void visit(int thread, int site, long address, long length);
    }

    private interface TransactionEvent {
        void visit(int thread, int site, long transaction);
    }

    private interface TransactionRangeEvent {
        void visit(int thread, int site, long transaction, long address, long length);
    }

    private interface TextEvent {
        void visit(int thread, int site, String text);
    }

    private final LineScanner in;
    private final TraceVisitor visitor;
    private final Map<SourceSite, Integer> sites = new HashMap<>();
    private final Set<Integer> threads = new HashSet<>();
    private boolean started;
    private boolean ended;

    private TextTraceReader(String source, TraceVisitor visitor) {
        this.in = new LineScanner(source);
        this.visitor = visitor;
    }

    /**
     * Reads text to its end.
     *
     * @throws TraceFormatException at the first line that is no event; those before it have been delivered
     */
    public static void read(Reader text, TraceVisitor visitor) throws IOException {
        read(text, null, visitor);
    }

    /**
     * The same for a file in UTF-8, whose name then stands in messages.
     *
     * @throws TraceFormatException at the first line that is no event; those before it have been delivered
     */
    public static void read(Path file, TraceVisitor visitor) throws IOException {
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            read(text, file.toString(), visitor);
        }
    }

    /** @param source name for messages, or null */
    public static void read(Reader text, String source, TraceVisitor visitor) throws IOException {
        new TextTraceReader(source, visitor).readLines(new LineReader(text));
    }

    private void readLines(LineReader lines) throws IOException {
        try {
            for (String line = lines.next(); line != null; line = lines.next()) {
                in.start(line);
                if (!in.atEnd()) {
                    readEvent();
                }
            }
        } catch (CharacterCodingException e) {
            in.start("");
            throw in.error("this line or one soon after it is not UTF-8 text");
        } catch (LineReader.LineTooLongException e) {
            in.start("");
            throw in.error("too long to be an event");
        }
    }

    private void readEvent() throws TraceFormatException {
        String verb = in.word("an event");
        if (ended) {
            throw in.error("nothing can follow 'end'");
        }
        switch (verb) {
            case "property" -> property();
            case "thread" -> thread();
            case "stack" -> stack();
            case "sample" -> sample();
            case "map" -> map();
            case "unmap" -> range(visitor::unmap);
            case "store" -> store();
            case "guard-site" -> visitor.guardSite(lastSite());
            case "declared-order" -> declaredOrder();
            case "load" -> load();
            case "file-load" -> fileLoad();
            case "file-found" -> fileFound();
            case "file-content" -> fileContent();
            case "release" -> object(visitor::release);
            case "acquire" -> object(visitor::acquire);
            case "file-store" -> fileStore();
            case "file-size" -> fileSize();
            case "value" -> value();
            case "flush" -> range(visitor::flush);
            case "fence" -> fence();
            case "force-begin" -> range(visitor::forceBegin);
            case "persist-begin" -> range(visitor::persistBegin);
            case "file-force-begin" -> fileForceBegin();
            case "force-end" -> forceEnd();
            case "begin-transaction" -> transaction(visitor::beginTransaction);
            case "end-transaction" -> transaction(visitor::endTransaction);
            case "add-to-transaction" -> transactionRange(visitor::addToTransaction);
            case "remove-from-transaction" -> transactionRange(visitor::removeFromTransaction);
            case "join-transaction" -> transaction(visitor::joinTransaction);
            case "leave-transaction" -> transaction(visitor::leaveTransaction);
            case "ignore-in-transactions" -> range(visitor::ignoreInTransactions);
            case "set-clean" -> range(visitor::setClean);
            case "begin-undo-log" -> beginUndoLog();
            case "add-to-undo-log" -> addToUndoLog();
            case "abort-undo-log" -> place(visitor::abortUndoLog);
            case "end-undo-log" -> endUndoLog();
            case "allocated" -> range(visitor::allocated);
            case "freed" -> range(visitor::freed);
            case "internal" -> internal();
            case "file-named" -> fileNamed();
            case "file-removed" -> fileRemoved();
            case "volatile-pointer" -> volatilePointer();
            case "marker" -> text(visitor::marker);
            case "checkpoint" -> text(visitor::checkpoint);
            case "expect-persisted" -> range(visitor::expectPersisted);
            case "expect-ordered" -> expectOrdered();
            case "atomic" -> range(visitor::atomic);
            case "checksummed" -> range(visitor::checksummed);
            case "label" -> label();
            case "audited" -> audited();
            case "untraced-write" -> untracedWrite();
            case "gap" -> gap();
            case "end" -> end();
            default -> throw in.error("unknown event '" + abbreviate(verb) + "'" + (started ? "" : HINT));
        }
        started = true;
    }

    private static String abbreviate(String word) {
        return word.length() <= 40 ? word : word.substring(0, 40) + "...";
    }

    private void property() throws TraceFormatException {
        String key = in.quoted("a key");
        String value = in.quoted("a value");
        in.expectEnd();
        visitor.property(key, value);
    }

    private void thread() throws TraceFormatException {
        int thread = in.smallNumber("a thread number");
        String name = in.quoted("a thread name");
        in.expectEnd();
        threads.add(thread);
        visitor.thread(thread, name);
    }

    private void stack() throws TraceFormatException {
        int stack = in.smallNumber("a stack number");
        int[] frames = new int[16];
        int depth = 0;
        while (!in.atEnd()) {
            if (depth > 0) {
                in.expect(';', "a semicolon between frames");
            }
            if (depth == frames.length) {
                frames = Arrays.copyOf(frames, 2 * depth);
            }
            frames[depth++] = site();
        }
        visitor.stack(stack, Arrays.copyOf(frames, depth));
    }

    private void sample() throws TraceFormatException {
        int thread = threadNumber();
        int stack = in.smallNumber("a stack number");
        in.expectEnd();
        visitor.sample(thread, stack);
    }

    private void map() throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        long address = in.address();
        long length = length();
        FileAttributes attributes = fileAttributes();
        visitor.map(
                thread,
                site,
                address,
                length,
                attributes.device,
                attributes.inode,
                attributes.offset,
                attributes.flags,
                attributes.path);
    }

    private void store() throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        long address = in.address();
        long size = atLeast(1, in.number("a size in bytes"), "the size of a store");
        int count = 1;
        StoreKind kind = StoreKind.PLAIN;
        while (!in.atEnd()) {
            String word = in.word("a count or a kind");
            if (word.startsWith("x")) {
                count = (int) atLeast(1, in.parseInt(word.substring(1), "a number of stores after x"), "the count");
            } else {
                kind = storeKind(word);
            }
        }
        visitor.store(thread, site, kind, address, size, count);
    }

    private int lastSite() throws TraceFormatException {
        int site = site();
        in.expectEnd();
        return site;
    }

    private void declaredOrder() throws TraceFormatException {
        String name = in.quoted("a name");
        String first = in.quoted("what comes first");
        String then = in.quoted("what comes then");
        in.expectEnd();
        visitor.declaredOrder(name, first, then);
    }

    private void fileLoad() throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        FileAttributes file = fileAttributes();
        visitor.fileLoad(thread, site, file.device, file.inode, file.offset, file.length);
    }

    private void fileFound() throws TraceFormatException {
        FileAttributes file = fileAttributes();
        visitor.fileFound(file.device, file.inode, file.length, file.path);
    }

    private void fileContent() throws TraceFormatException {
        FileAttributes file = new FileAttributes();
        while (in.peekWord() != '"') {
            file.parse(in);
        }
        String digits = in.quoted("the bytes in hexadecimal");
        in.expectEnd();
        try {
            visitor.fileContent(
                    file.device, file.inode, file.offset, HexFormat.of().parseHex(digits));
        } catch (IllegalArgumentException e) {
            throw in.error("expected the bytes in hexadecimal, not '" + abbreviate(digits) + "'");
        }
    }

    private void load() throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        long address = in.address();
        long size = atLeast(1, in.number("a size in bytes"), "the size of a load");
        int count = 1;
        if (!in.atEnd()) {
            String word = in.word("x and a count");
            if (!word.startsWith("x")) {
                throw in.error("expected x and a count, not '" + abbreviate(word) + "'");
            }
            count = (int) atLeast(1, in.parseInt(word.substring(1), "a number of loads after x"), "the count");
        }
        in.expectEnd();
        visitor.load(thread, site, address, size, count);
    }

    private interface ObjectEvent {
        void visit(int thread, int site, long object);
    }

    private void object(ObjectEvent event) throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        long object = in.address();
        in.expectEnd();
        event.visit(thread, site, object);
    }

    private StoreKind storeKind(String word) throws TraceFormatException {
        for (StoreKind kind : StoreKind.values()) {
            if (TextTraceWriter.nameOf(kind).equals(word)) {
                return kind;
            }
        }
        throw in.error("expected x and a count, atomic, non-temporal or external, not '" + abbreviate(word) + "'");
    }

    private void fileStore() throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        FileAttributes file = new FileAttributes();
        boolean durable = fileAttributes(file, DURABLE);
        visitor.fileStore(thread, site, file.device, file.inode, file.offset, file.length, durable);
    }

    private void fileSize() throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        FileAttributes file = fileAttributes();
        visitor.fileSize(thread, site, file.device, file.inode, file.length);
    }

    private void value() throws TraceFormatException {
        int thread = threadNumber();
        long at = in.address();
        String digits = in.word("bytes in hexadecimal");
        in.expectEnd();
        visitor.value(thread, at, digits.length() / 2, HexBytes.parse(digits, in));
    }

    private void audited() throws TraceFormatException {
        FileAttributes file = fileAttributes();
        visitor.audited(file.device, file.inode, file.length);
    }

    private void untracedWrite() throws TraceFormatException {
        FileAttributes file = new FileAttributes();
        while (in.peekWord() != '"') {
            file.parse(in);
        }
        String expected = in.quoted("the bytes expected");
        String found = in.quoted("the bytes found");
        in.expectEnd();
        visitor.untracedWrite(file.device, file.inode, file.offset, file.length, expected, found);
    }

    /** @return true if the line ends in this word */
    private boolean fileAttributes(FileAttributes file, String option) throws TraceFormatException {
        while (!in.atEnd()) {
            if (in.skip(option)) {
                in.expectEnd();
                return true;
            }
            file.parse(in);
        }
        return false;
    }

    private void fileNamed() throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        FileAttributes file = new FileAttributes();
        boolean renamed = fileAttributes(file, "renamed");
        visitor.fileNamed(thread, site, file.device, file.inode, file.directory, renamed, file.path);
    }

    private void fileRemoved() throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        FileAttributes file = fileAttributes();
        visitor.fileRemoved(thread, site, file.device, file.inode, file.path);
    }

    private void volatilePointer() throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        long address = in.address();
        long value = in.address();
        in.expectEnd();
        visitor.volatilePointer(thread, site, address, value);
    }

    private void beginUndoLog() throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        long pool = in.atEnd() ? 0 : in.address();
        in.expectEnd();
        visitor.beginUndoLog(thread, site, pool);
    }

    private void addToUndoLog() throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        long address = in.address();
        long length = length();
        boolean automatic = option("automatic");
        visitor.addToUndoLog(thread, site, address, length, automatic);
    }

    private void endUndoLog() throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        boolean persisted = !option("unpersisted");
        visitor.endUndoLog(thread, site, persisted);
    }

    private void internal() throws TraceFormatException {
        int thread = threadNumber();
        boolean begins = !option("end");
        visitor.internal(thread, begins);
    }

    private void place(PlaceEvent event) throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        in.expectEnd();
        event.visit(thread, site);
    }

    private FileAttributes fileAttributes() throws TraceFormatException {
        FileAttributes attributes = new FileAttributes();
        while (!in.atEnd()) {
            attributes.parse(in);
        }
        return attributes;
    }

    private void fence() throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        boolean explicit = !option("implicit");
        visitor.fence(thread, site, explicit);
    }

    private void fileForceBegin() throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        FileAttributes attributes = fileAttributes();
        visitor.fileForceBegin(thread, site, attributes.device, attributes.inode);
    }

    private void forceEnd() throws TraceFormatException {
        int thread = threadNumber();
        boolean failed = option("failed");
        visitor.forceEnd(thread, failed);
    }

    private void expectOrdered() throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        long firstAddress = in.address();
        long firstLength = length();
        long secondAddress = in.address();
        long secondLength = length();
        in.expectEnd();
        visitor.expectOrdered(thread, site, firstAddress, firstLength, secondAddress, secondLength);
    }

    private void label() throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        long address = in.address();
        long length = length();
        String name = in.quoted("a name");
        in.expectEnd();
        visitor.label(thread, site, address, length, name);
    }

    private void gap() throws TraceFormatException {
        String reason = in.quoted("a reason");
        in.expectEnd();
        visitor.gap(reason);
    }

    private void end() throws TraceFormatException {
        in.expectEnd();
        ended = true;
        visitor.end();
    }

    private void range(RangeEvent event) throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        long address = in.address();
        long length = length();
        in.expectEnd();
        event.visit(thread, site, address, length);
    }

    private void transaction(TransactionEvent event) throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        long transaction = transactionId();
        in.expectEnd();
        event.visit(thread, site, transaction);
    }

    private void transactionRange(TransactionRangeEvent event) throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        long transaction = transactionId();
        long address = in.address();
        long length = length();
        in.expectEnd();
        event.visit(thread, site, transaction, address, length);
    }

    private void text(TextEvent event) throws TraceFormatException {
        int thread = threadNumber();
        int site = site();
        String text = in.quoted("a label");
        in.expectEnd();
        event.visit(thread, site, text);
    }

    /** True if the line ends in this word, false if it ends without. */
    private boolean option(String word) throws TraceFormatException {
        boolean present = !in.atEnd();
        if (present) {
            String found = in.word(word);
            if (!found.equals(word)) {
                throw in.error("expected '" + word + "' or nothing, not '" + abbreviate(found) + "'");
            }
            in.expectEnd();
        }
        return present;
    }

    private long length() throws TraceFormatException {
        return atLeast(0, in.number("a length in bytes"), "a length");
    }

    private long atLeast(long minimum, long value, String what) throws TraceFormatException {
        if (value < minimum) {
            throw in.error(what + " must be at least " + minimum + ", not " + value);
        }
        return value;
    }

    private long transactionId() throws TraceFormatException {
        String what = "a transaction number or 'own'";
        String word = in.word(what);
        return word.equals(OWN) ? TraceVisitor.OWN_TRANSACTION : in.parseLong(word, what);
    }

    private int threadNumber() throws TraceFormatException {
        int thread = in.smallNumber("a thread number");
        if (threads.add(thread)) {
            visitor.thread(thread, "thread-" + thread);
        }
        return thread;
    }

    private int site() throws TraceFormatException {
        if (in.skipUnknown()) {
            return TraceVisitor.UNKNOWN_SITE;
        }
        SourceSite site = SourceSite.parse(in);
        Integer known = sites.get(site);
        if (known != null) {
            return known;
        }
        int number = sites.size() + 1;
        sites.put(site, number);
        visitor.site(number, site.className(), site.method(), site.file(), site.line());
        return number;
    }
}
