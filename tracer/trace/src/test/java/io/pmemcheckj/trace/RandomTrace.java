package io.pmemcheckj.trace;

import java.util.Random;

/** Sends a trace with every kind of event in it, the same for the same seed. */
public final class RandomTrace {
    private static final String[] NAMES = {
        "append",
        "<init>",
        "lambda$main$0",
        "appends a record",
        "a(b",
        "say \"no\"",
        "back\\slash",
        "größe",
        "x;y",
        "a#b",
        "tab\there",
        "новый",
        "\uD83D\uDE00",
        "12:34",
        "",
        "-",
        "new\nline\r"
    };
    private static final String[] CLASSES = {
        "Foo",
        "com.example.Log$Entry",
        "Foo$$Lambda/0x00007f1c2c001000",
        "a.b c.D",
        "",
        "-",
        "com.example.Größe",
        ".",
        "a."
    };
    private static final String[] FILES = {
        "Log.java", null, "Unknown Source", "a:b.kt", "", "x(y).java", "Native Method"
    };

    private final Random random;
    private final TraceVisitor to;
    private int sites;
    private int stacks;

    private final int kinds;

    private RandomTrace(long seed, int kinds, TraceVisitor to) {
        this.random = new Random(seed);
        this.kinds = kinds;
        this.to = to;
    }

    /** @param events about how many events to send, besides definitions and the end */
    public static void send(long seed, int events, TraceVisitor to) {
        send(seed, 63, events, to);
    }

    /** The same with the events of version 4 of the trace file only. */
    public static void sendVersion4(long seed, int events, TraceVisitor to) {
        send(seed, 58, events, to);
    }

    /** The same with the events of version 3 of the trace file only. */
    public static void sendVersion3(long seed, int events, TraceVisitor to) {
        send(seed, 50, events, to);
    }

    /** The same with the events that version 1 of the trace file knows. */
    public static void sendVersion1(long seed, int events, TraceVisitor to) {
        send(seed, 30, events, to);
    }

    /** The same with the events of version 2 of the trace file only. */
    public static void sendVersion2(long seed, int events, TraceVisitor to) {
        send(seed, 36, events, to);
    }

    private static void send(long seed, int kinds, int events, TraceVisitor to) {
        RandomTrace trace = new RandomTrace(seed, kinds, to);
        to.property("java", "17.0.15");
        for (int thread = 1; thread <= 4; thread++) {
            to.thread(thread, "worker " + thread);
        }
        for (int i = 0; i < events; i++) {
            trace.sendOne();
        }
        to.end();
    }

    private void sendOne() {
        int thread = random.nextInt(1, 5);
        int site = site();
        long address = number();
        long length = number() >>> 1;
        switch (random.nextInt(kinds)) {
            case 0 -> to.property(pick(NAMES), pick(NAMES));
            case 1 -> to.thread(thread, pick(NAMES));
            case 2 ->
                to.stack(++stacks, random.ints(random.nextInt(40), 0, sites + 1).toArray());
            case 3 -> to.sample(thread, random.nextInt(stacks + 1));
            case 4 ->
                to.map(thread, site, address, length, number(), number(), number(), random.nextInt(256), pick(NAMES));
            case 5 -> to.unmap(thread, site, address, length);
            case 6 -> to.flush(thread, site, address, length);
            case 7 -> to.fence(thread, site, random.nextBoolean());
            case 8 -> to.forceBegin(thread, site, address, length);
            case 9 -> to.fileForceBegin(thread, site, number(), number());
            case 10 -> to.forceEnd(thread, random.nextBoolean());
            case 11 -> to.beginTransaction(thread, site, transaction());
            case 12 -> to.endTransaction(thread, site, transaction());
            case 13 -> to.addToTransaction(thread, site, transaction(), address, length);
            case 14 -> to.removeFromTransaction(thread, site, transaction(), address, length);
            case 15 -> to.joinTransaction(thread, site, transaction());
            case 16 -> to.leaveTransaction(thread, site, transaction());
            case 17 -> to.ignoreInTransactions(thread, site, address, length);
            case 18 -> to.setClean(thread, site, address, length);
            case 19 -> to.marker(thread, site, pick(NAMES));
            case 20 -> to.checkpoint(thread, site, pick(NAMES));
            case 21 -> to.expectPersisted(thread, site, address, length);
            case 22 -> to.expectOrdered(thread, site, address, length, number(), number() >>> 1);
            case 23 -> to.atomic(thread, site, address, length);
            case 24 -> to.checksummed(thread, site, address, length);
            case 25 -> to.label(thread, site, address, length, pick(NAMES));
            case 26 -> to.gap(pick(NAMES));
            case 30 -> to.fileStore(thread, site, number(), number(), address, length, random.nextBoolean());
            case 31 -> to.fileSize(thread, site, number(), number(), length);
            case 32 -> value(thread, address);
            case 33 -> to.audited(number(), number(), length);
            case 34 -> to.untracedWrite(number(), number(), address, length, pick(NAMES), pick(NAMES));
            case 36 -> to.beginUndoLog(thread, site, random.nextBoolean() ? 0 : number());
            case 37 -> to.addToUndoLog(thread, site, address, length, random.nextBoolean());
            case 38 -> to.abortUndoLog(thread, site);
            case 39 -> to.endUndoLog(thread, site, random.nextBoolean());
            case 40 -> to.allocated(thread, site, address, length);
            case 41 -> to.freed(thread, site, address, length);
            case 42 -> to.internal(thread, random.nextBoolean());
            case 43 -> to.fileNamed(thread, site, number(), number(), number(), random.nextBoolean(), pick(NAMES));
            case 44 -> to.fileRemoved(thread, site, number(), number(), pick(NAMES));
            case 45 -> to.volatilePointer(thread, site, address, number());
            case 46 -> to.persistBegin(thread, site, address, length);
            case 50, 51 -> to.load(thread, site, address, 1 + (length >>> 1), random.nextInt(1, 1000));
            case 52 -> to.release(thread, site, number());
            case 53 -> to.acquire(thread, site, number());
            case 54 -> to.guardSite(site);
            case 58 -> to.fileLoad(thread, site, number(), number(), address, length);
            case 59 -> to.fileFound(number(), number(), length, pick(NAMES));
            case 60 -> to.fileContent(number(), number(), address, content());
            case 55 -> to.declaredOrder(pick(NAMES), pick(NAMES), pick(NAMES));
            default -> stores(thread, site, address);
        }
    }

    private void stores(int thread, int site, long address) {
        long size = random.nextInt(4) == 0 ? Math.max(1, number() >>> 1) : 1L << random.nextInt(4);
        int count = random.nextBoolean() ? 1 : random.nextInt(1, Integer.MAX_VALUE);
        StoreKind kind = StoreKind.of(random.nextInt(4));
        for (int i = 0; i < 3; i++) {
            to.store(thread, site, kind, address + i * size, size, count);
        }
    }

    private void value(int thread, long address) {
        int length = random.nextInt(1, 9);
        to.value(thread, address, length, random.nextLong() >>> 8 * (8 - length));
    }

    private byte[] content() {
        byte[] bytes = new byte[random.nextInt(1, 100)];
        random.nextBytes(bytes);
        return bytes;
    }

    private int site() {
        if (sites == 0 || random.nextInt(5) == 0) {
            to.site(++sites, pick(CLASSES), pick(NAMES), pick(FILES), random.nextInt(3) * random.nextInt(1000));
        }
        return random.nextInt(sites + 1);
    }

    /** Any number of 64 bits, of all magnitudes alike. */
    private long number() {
        return random.nextLong() >>> random.nextInt(64);
    }

    private long transaction() {
        return random.nextInt(3) == 0 ? TraceVisitor.OWN_TRANSACTION : random.nextLong() >> random.nextInt(64);
    }

    private String pick(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
