package matrix;

import matrixmodule.InModule;

/** A named module. */
public final class Modules {
    private Modules() {}

    public static void add(Rows t) {
        t.row("named module", 8, m -> InModule.store(m.buffer, m.at, m.longValue)).storedAt("module");
    }
}
