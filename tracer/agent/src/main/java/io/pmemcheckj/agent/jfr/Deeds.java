package io.pmemcheckj.agent.jfr;

import static io.pmemcheckj.trace.layout.RecordLayout.*;

import io.pmemcheckj.agent.jfr.FlightRecording.Runtime;
import java.util.List;
import java.util.function.BiConsumer;

/** Hears what threads of the program do, on these threads, while a recording runs. */
final class Deeds implements BiConsumer<Object, Object> {
    private static final List<PlacedEvent> NONE = List.of();

    private final Runtime runtime;
    private final MappedFiles files = new MappedFiles();
    private final Flushes flushes;
    private final OpenTransactions transactions = new OpenTransactions();

    Deeds(Runtime runtime) {
        this.runtime = runtime;
        flushes = new Flushes(runtime, files);
    }

    OpenTransactions transactions() {
        return transactions;
    }

    /** Forgets what is out of date: nothing was heard for a while. */
    void startOver() {
        files.startOver(runtime.segments());
        flushes.startOver();
        transactions.startOver();
    }

    /**
     * Commits, and nothing that it calls does: the fewer frames stand between the program and the event, the sooner a
     * reader of its stack comes to the program.
     *
     * @param kind one of RecordLayout's, boxed
     * @param event an array of values (longs, see RecordLayout), stamp and text
     */
    @Override
    public void accept(Object kind, Object event) {
        Object[] parts = (Object[]) event;
        for (PlacedEvent made : events((int) kind, (long[]) parts[0], (long) parts[1], (String) parts[2])) {
            made.commit();
        }
    }

    private List<PlacedEvent> events(int kind, long[] values, long stamp, String text) {
        switch (kind) {
            case MAP -> {
                return placed(values[0], files.mapped(values, text));
            }
            case UNMAP -> {
                List<PlacedEvent> parts = files.unmapping(values[1], values[2]);
                parts.forEach(part -> placed(values[0], part));
                return parts;
            }
            case FORCE_END -> {
                return optional(flushes.end(values[0] != 0));
            }
            case FLUSH -> {
                return optional(flushes.flushed(values));
            }
            case END_TRANSACTION -> {
                return ended(transactions.end(values[1]));
            }
            case END_UNDO_LOG -> {
                return ended(transactions.endUndoLog());
            }
            case MARKER -> {
                MarkerEvent marker = new MarkerEvent();
                marker.label = text;
                return placed(values[0], marker);
            }
            case CHECKPOINT -> {
                CheckpointEvent checkpoint = new CheckpointEvent();
                checkpoint.label = text;
                return placed(values[0], checkpoint);
            }
            default -> {
                begins(kind, values, stamp);
                return NONE;
            }
        }
    }

    /** What only leads to an event. */
    private void begins(int kind, long[] values, long stamp) {
        switch (kind) {
            case FORCE_BEGIN -> flushes.begin(FlushEvent.RANGE, values, stamp);
            case PERSIST_BEGIN -> flushes.begin(FlushEvent.PERSIST, values, stamp);
            case FILE_FORCE_BEGIN -> flushes.begin(FlushEvent.FILE, values, stamp);
            case BEGIN_TRANSACTION -> transactions.begin((int) values[0], values[1]);
            case JOIN_TRANSACTION -> transactions.join(values[1]);
            case LEAVE_TRANSACTION -> transactions.leave();
            case ADD_TO_TRANSACTION -> transactions.add(values[1], values[3]);
            case BEGIN_UNDO_LOG -> transactions.beginUndoLog((int) values[0]);
            case ADD_TO_UNDO_LOG -> transactions.addToUndoLog(values[2]);
            case ABORT_UNDO_LOG -> transactions.abortUndoLog();
            default -> {
                // Of no interest to a recording.
            }
        }
    }

    private List<PlacedEvent> ended(OpenTransactions.Ended transaction) {
        return transaction == null ? NONE : placed(transaction.site(), transaction.event());
    }

    private List<PlacedEvent> placed(long site, PlacedEvent event) {
        if (event != null && event.shouldCommit()) {
            event.location = runtime.place((int) site);
        }
        return optional(event);
    }

    private static List<PlacedEvent> optional(PlacedEvent event) {
        return event == null ? NONE : List.of(event);
    }
}
