package io.pmemcheckj.report;

import io.pmemcheckj.findings.CrashState;
import java.util.ArrayList;
import java.util.List;

/** A crash state in lines for a terminal: when, what the check said, which stores are gone and which are there, how to repeat it. */
final class CrashText {
    private static final int OUTPUT_LINES = 5;
    private static final int OUTPUT_WIDTH = 160;
    private static final int STORES = 5;
    private static final int VALUE_BYTES = 16;

    private final List<String> lines = new ArrayList<>();

    private CrashText() {}

    /** @return lines without indent, as the program and the check wrote their texts */
    static List<String> of(CrashState state) {
        CrashText text = new CrashText();
        text.line("crash: ", state.failurePoint());
        text.line("markers passed: ", String.join(", ", state.markers()));
        text.line("check: ", state.verdict());
        text.output(state.output(), state.verdict());
        text.stores("lost", state.stores());
        text.stores("torn", state.stores());
        text.stores("survived", state.stores());
        text.line("image: ", state.image());
        text.line("reproduce: ", state.reproduce());
        return text.lines;
    }

    /** @param verdict is not said twice where the output begins with it, as that of an exception does */
    private void output(String output, String verdict) {
        List<String> printed = output.lines()
                .filter(line -> !line.isBlank())
                .filter(line -> !line.equals(verdict))
                .toList();
        printed.stream().limit(OUTPUT_LINES).forEach(line -> line("  ", cut(line.replace("\t", "    "))));
        if (printed.size() > OUTPUT_LINES) {
            line("  ... ", Wording.count(printed.size() - OUTPUT_LINES, "more line"));
        }
    }

    private static String cut(String line) {
        return line.length() <= OUTPUT_WIDTH ? line : line.substring(0, OUTPUT_WIDTH) + " ...";
    }

    private void stores(String fate, List<CrashState.Store> all) {
        List<CrashState.Store> stores =
                all.stream().filter(store -> fate.equals(store.fate())).toList();
        stores.stream().limit(STORES).forEach(store -> line(fate + ": ", store(store)));
        if (stores.size() > STORES) {
            line("... ", Wording.count(stores.size() - STORES, "more store") + " " + fate);
        }
    }

    private static String store(CrashState.Store store) {
        String place = store.location() + ", " + Wording.lastName(store.path()) + " offset " + store.offset();
        if (store.before().isEmpty() && store.after().isEmpty()) {
            return place + ", " + Wording.count(store.length(), "byte");
        }
        String part =
                store.length() <= VALUE_BYTES ? "" : ", first " + VALUE_BYTES + " of " + store.length() + " bytes";
        return place + part + ": " + value(store.before()) + " -> " + value(store.after());
    }

    private static String value(String hexadecimal) {
        return hexadecimal.isEmpty() ? "?" : hexadecimal.substring(0, Math.min(hexadecimal.length(), 2 * VALUE_BYTES));
    }

    /** Nothing where the state has no value. */
    private void line(String label, String value) {
        if (value != null && !value.isEmpty()) {
            lines.add(label + value);
        }
    }
}
