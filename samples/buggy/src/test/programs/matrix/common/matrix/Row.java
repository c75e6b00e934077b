package matrix;

/** One way of storing, and what is known about it. */
public final class Row {
    /** Stores once, at {@code m.at}. */
    @FunctionalInterface
    public interface Code {
        void run(Memory m) throws Throwable;
    }

    final String name;
    final int bytes;
    final Code code;
    final StackTraceElement declared;

    int times = Integer.MAX_VALUE;
    int stride;
    String place;
    String threads = "main";
    int threadNames;
    boolean late;

    Row(String name, int bytes, Code code, StackTraceElement declared) {
        this.name = name;
        this.bytes = bytes;
        this.code = code;
        this.declared = declared;
        stride = Integer.bitCount(bytes) == 1 ? bytes : Math.max(8, bytes + 7 & -8);
        place = declared.getFileName() + ":" + declared.getLineNumber();
    }

    /** At most so many executions, for what takes long. */
    public Row times(int most) {
        times = most;
        return this;
    }

    /** From one place that is stored to, to the next; for code that needs room around it. */
    public Row stride(int distance) {
        stride = distance;
        return this;
    }

    /** The store is not made on the row's line but on the one that ends in {@code // STORE:mark}. */
    public Row storedAt(String mark) {
        place = "STORE:" + mark;
        return this;
    }

    /** The store is made by code without line numbers, {@code Class.method(Unknown Source)}. */
    public Row storedAtUnmarked(String site) {
        place = site;
        return this;
    }

    /** The threads that store: a regular expression for their names. */
    public Row byThreads(String names) {
        threads = names;
        return this;
    }

    /** How many names of threads there are at least. */
    public Row threadNames(int least) {
        threadNames = least;
        return this;
    }

    /** Runs in a shutdown hook. */
    public Row inShutdownHook() {
        late = true;
        threads = "late";
        return this;
    }
}
