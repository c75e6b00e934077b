package io.pmemcheckj.runtime;

import java.util.HashMap;

/** What native functions do, by name. Most programs call none, so the models are parsed when the first is looked up. */
final class FunctionModels {
    /** Lines of a name, a tab and a call; null once they are parsed. */
    private static String table = "";

    private static final HashMap<String, CallModel> BY_NAME = new HashMap<>();

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
        return BY_NAME.get(name);
    }

    private static void parse() {
        String lines = table;
        table = "";
        for (int from = 0; from < lines.length(); ) {
            int to = lines.indexOf('\n', from);
            int tab = lines.indexOf('\t', from);
            String name = lines.substring(from, tab);
            BY_NAME.put(name, new CallModel(name, lines.substring(tab + 1, to)));
            from = to + 1;
        }
    }
}
