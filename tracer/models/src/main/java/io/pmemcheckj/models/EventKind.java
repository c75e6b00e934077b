package io.pmemcheckj.models;

import static io.pmemcheckj.models.Moment.AFTER;
import static io.pmemcheckj.models.Moment.BEFORE;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a call can do. Each kind has its moment if the model says nothing else, and operands: those with a default may be left
 * out. rules/models/README.md describes them for people, {@code CallEvent} in the tracer's runtime records them.
 */
enum EventKind {
    MAP(AFTER, "address", "length=0", "path=0", "sync=0", "library=0"),
    UNMAP(BEFORE, "address", "length=0"),
    STORE(AFTER, "address", "length"),
    NON_TEMPORAL_STORE(AFTER, "address", "length"),
    RECEIVE(AFTER, "address", "length"),
    RECEIVE_VECTORS(AFTER, "vectors", "count", "length"),
    FLUSH(BEFORE, "address", "length"),
    FENCE(AFTER),
    PERSIST(BEFORE, "address", "length"),
    FORCE(BEFORE, "address", "length"),
    FORCE_FILE(BEFORE, "file"),
    WRITE_FILE(AFTER, "file", "address", "length", "offset=-1"),
    RESIZE_FILE(AFTER, "file", "length"),
    BEGIN(AFTER, "pool=0"),
    ADD(AFTER, "address", "length", "automatic=0"),
    COMMIT(AFTER, "persists=1"),
    ABORT(AFTER, "ends=1"),
    ALLOCATE(AFTER, "address", "length", "volatile=0"),
    FREE(BEFORE, "address", "length=0"),
    READ(AFTER, "address", "length"),
    MMAP(AFTER, "address", "length", "protection", "flags", "file", "offset"),
    SYMBOL(AFTER, "address", "name"),
    NAME(AFTER, "address", "function"),
    NOTE(AFTER, "key", "value");

    private static final String DEFAULT = "=";

    private final Moment moment;
    private final List<String> operands;

    EventKind(Moment moment, String... operands) {
        this.moment = moment;
        this.operands = List.of(operands);
    }

    /** Its name in model files. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of a name, null if there is none. */
    static EventKind of(String id) {
        return Arrays.stream(values())
                .filter(kind -> kind.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    Moment moment() {
        return moment;
    }

    /** Names of the operands, in the order in which they are compiled. */
    List<String> operandNames() {
        return operands.stream().map(operand -> operand.split(DEFAULT)[0]).toList();
    }

    /** What an operand is that was left out, null if it must not be. */
    String defaultOf(String operand) {
        return operands.stream()
                .filter(each -> each.startsWith(operand + DEFAULT))
                .map(each -> each.substring(operand.length() + 1))
                .findFirst()
                .orElse(null);
    }
}
