package io.pmemcheckj.runtime;

import java.util.HashMap;
import java.util.HashSet;

/** What native functions do, by name. Most programs call none, so the models are parsed when the first is looked up. */
final class FunctionModels {
    /** Lines of a library, a function and a call, with tabs between; empty once they are parsed. */
    private static String table = "";

    private static final HashMap<String, CallModel> BY_NAME = new HashMap<>();

    private static final HashMap<String, String> LIBRARIES = new HashMap<>();
    /** Libraries of functions that were looked up, which the consumer has been told. */
    private static final HashSet<String> USED = new HashSet<>();

    private FunctionModels() {}

    /** Adds functions, replacing those of the same name. Called before the program starts. */
    static synchronized void add(String lines) {
        table += lines;
    }

    /** What the function of a name does, null when nothing is known of it. */
    static synchronized CallModel of(String name) {
        if (!table.isEmpty()) {
            parse();
        }
        CallModel model = BY_NAME.get(name);
        if (model != null && USED.add(LIBRARIES.get(name))) {
            Start.property("model:" + LIBRARIES.get(name), "");
        }
        return model;
    }

    private static void parse() {
        String lines = table;
        table = "";
        for (int from = 0; from < lines.length(); ) {
            int to = lines.indexOf('\n', from);
            int name = lines.indexOf('\t', from) + 1;
            int call = lines.indexOf('\t', name) + 1;
            String function = lines.substring(name, call - 1);
            BY_NAME.put(function, new CallModel(function, lines.substring(call, to)));
            LIBRARIES.put(function, lines.substring(from, name - 1));
            from = to + 1;
        }
    }
}
