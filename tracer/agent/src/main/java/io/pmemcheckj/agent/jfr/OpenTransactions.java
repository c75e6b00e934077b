package io.pmemcheckj.agent.jfr;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * Transactions from their outermost begin to their outermost end. Of one that began before the recording nothing is told:
 * when it began is not known.
 */
final class OpenTransactions {
    /** TraceVisitor.OWN_TRANSACTION. */
    private static final long OWN = Long.MIN_VALUE;

    private static final int MOST = 10;

    private enum Kind {
        OWN("own"),
        NAMED("named"),
        UNDO_LOG("undo-log"),
        /** Another name of one that the thread joined. */
        JOINED("named");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /** @param id the program's, or the number of the thread */
    private record Key(Kind kind, long id) {
        static Key of(long id) {
            return id == OWN ? ofThread(Kind.OWN) : new Key(Kind.NAMED, id);
        }

        static Key ofThread(Kind kind) {
            return new Key(kind, Thread.currentThread().getId());
        }
    }

    /** One that is open; looked at by other threads. */
    private static final class Open {
        final TransactionEvent event = new TransactionEvent();
        final long start = System.nanoTime();
        final String thread = Thread.currentThread().getName();
        final int site;
        int depth = 1;
        boolean aborted;

        Open(int site) {
            this.site = site;
        }
    }

    /** @param site where it began */
    record Ended(TransactionEvent event, int site) {}

    private final Map<Key, Open> open = new ConcurrentHashMap<>();

    void startOver() {
        open.clear();
    }

    void begin(int site, long id) {
        begin(Key.of(id), site, id == OWN ? 0 : id);
    }

    void beginUndoLog(int site) {
        begin(Key.ofThread(Kind.UNDO_LOG), site, 0);
    }

    private void begin(Key key, int site, long id) {
        Open outer = open.get(key);
        if (outer != null) {
            synchronized (outer) {
                outer.depth++;
            }
            return;
        }
        Open begun = new Open(site);
        begun.event.kind = key.kind().text;
        begun.event.id = id;
        begun.event.begin();
        open.put(key, begun);
    }

    void join(long id) {
        Open joined = open.get(Key.of(id));
        if (joined != null) {
            open.put(Key.ofThread(Kind.JOINED), joined);
        }
    }

    void leave() {
        open.remove(Key.ofThread(Kind.JOINED));
    }

    void add(long id, long length) {
        Open meant = open.get(Key.of(id));
        if (meant == null && id == OWN) {
            meant = open.get(Key.ofThread(Kind.JOINED));
        }
        add(meant, length);
    }

    void addToUndoLog(long length) {
        add(open.get(Key.ofThread(Kind.UNDO_LOG)), length);
    }

    private static void add(Open meant, long length) {
        if (meant != null) {
            synchronized (meant) {
                meant.event.rangesLogged++;
                meant.event.bytesLogged += length;
            }
        }
    }

    void abortUndoLog() {
        Open log = open.get(Key.ofThread(Kind.UNDO_LOG));
        if (log != null) {
            log.aborted = true;
        }
    }

    /** @return null where the outermost end is still to come */
    Ended end(long id) {
        return end(Key.of(id));
    }

    Ended endUndoLog() {
        return end(Key.ofThread(Kind.UNDO_LOG));
    }

    private Ended end(Key key) {
        Open ended = open.get(key);
        if (ended == null) {
            return null;
        }
        synchronized (ended) {
            if (--ended.depth > 0) {
                return null;
            }
        }
        open.values().removeIf(other -> other == ended); // joined ones, too
        ended.event.end();
        ended.event.outcome = ended.aborted ? "aborted" : "committed";
        return new Ended(ended.event, ended.site);
    }

    /** Tells of those that have been open the longest. */
    void commitOldest(IntFunction<String> places) {
        long now = System.nanoTime();
        open.entrySet().stream()
                .filter(entry -> entry.getKey().kind() != Kind.JOINED)
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparingLong(transaction -> transaction.start - now))
                .limit(MOST)
                .forEach(transaction -> commit(transaction, now, places));
    }

    private static void commit(Open transaction, long now, IntFunction<String> places) {
        OpenTransactionEvent event = new OpenTransactionEvent();
        event.id = transaction.event.id;
        event.kind = transaction.event.kind;
        event.openFor = now - transaction.start;
        event.thread = transaction.thread;
        event.location = places.apply(transaction.site);
        synchronized (transaction) {
            event.rangesLogged = transaction.event.rangesLogged;
        }
        event.commit();
    }
}
