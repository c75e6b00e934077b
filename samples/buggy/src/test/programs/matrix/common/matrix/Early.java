package matrix;

import java.lang.instrument.Instrumentation;

/** An agent of the program's own, which is loaded with its rows before the tracer's. */
public final class Early {
    private static boolean loadedByAgent;

    private Early() {}

    public static void premain(String arguments, Instrumentation instrumentation) {
        loadedByAgent = true;
    }

    public static void add(Rows t) {
        if (!loadedByAgent) {
            throw new IllegalStateException("not loaded by the agent");
        }
        t.row("class loaded before the agent", 8, m -> m.buffer.putLong(m.at, m.longValue));
        t.row("class loaded before the agent, twice", 12, m -> { m.buffer.putLong(m.at, m.longValue); m.buffer.putInt(m.at + 8, m.intValue); });
    }
}
