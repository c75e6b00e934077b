package io.pmemcheckj.agent.jfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenTransactionsTest {
    private static final long OWN = Long.MIN_VALUE;

    private final OpenTransactions transactions = new OpenTransactions();

    private static String text(OpenTransactions.Ended ended) {
        TransactionEvent event = ended.event();
        return event.id + " " + event.kind + " " + event.rangesLogged + " " + event.bytesLogged + " " + event.outcome;
    }

    private static void inAnotherThread(Runnable task) throws InterruptedException {
        Thread thread = new Thread(task);
        thread.start();
        thread.join();
    }

    @Test
    void nestedBeginsAreOneTransaction() {
        transactions.begin(1, OWN);
        transactions.begin(2, OWN);
        transactions.add(OWN, 8);
        assertNull(transactions.end(OWN));
        OpenTransactions.Ended ended = transactions.end(OWN);
        assertEquals("0 own 1 8 committed", text(ended));
        assertEquals(1, ended.site());
        assertNull(transactions.end(OWN));
    }

    @Test
    void aNamedOneIsAnyThreads() throws Exception {
        transactions.begin(1, 42);
        inAnotherThread(() -> transactions.add(42, 8));
        inAnotherThread(() -> {
            transactions.join(42);
            transactions.add(OWN, 16); // which means the one it joined
            transactions.leave();
            transactions.add(OWN, 32);
        });
        assertEquals("42 named 2 24 committed", text(transactions.end(42)));
    }

    @Test
    void eachThreadHasItsOwn() throws Exception {
        transactions.begin(1, OWN);
        List<Object> ended = new ArrayList<>();
        inAnotherThread(() -> ended.add(transactions.end(OWN)));
        assertNull(ended.get(0));
        assertEquals("0 own 0 0 committed", text(transactions.end(OWN)));
    }

    @Test
    void anInnerAbortAbortsTheUndoLog() {
        transactions.beginUndoLog(1);
        transactions.beginUndoLog(1);
        transactions.addToUndoLog(64);
        transactions.abortUndoLog();
        assertNull(transactions.endUndoLog());
        assertEquals("0 undo-log 1 64 aborted", text(transactions.endUndoLog()));
    }

    @Test
    void whatBeganBeforeTheRecordingIsLeftOut() {
        transactions.begin(1, OWN);
        transactions.startOver();
        assertNull(transactions.end(OWN));
    }
}
