package io.pmemcheckj.agent.model;

import java.util.ArrayList;
import java.util.List;

/** The models of a run, as the model compiler wrote them: io.pmemcheckj.models.ModelCompiler describes the lines. */
public final class Models {
    private static final String HEADER = "pmemcheck-j models 1";
    private static final String LIBRARY = "library\t";
    private static final String FUNCTION = "function\t";

    private final List<LibraryModel> libraries = new ArrayList<>();
    private final StringBuilder functions = new StringBuilder();

    /**
     * Reads models.
     *
     * @param sources compiled models; of two for one library and version the first counts
     * @throws IllegalArgumentException when one has another form
     */
    public Models(List<String> sources) {
        for (String source : sources) {
            if (!source.startsWith(HEADER)) {
                throw new IllegalArgumentException("not compiled models");
            }
            read(source);
        }
        for (int i = sources.size() - 1; i >= 0; i--) { // of two functions of one name the last counts
            readFunctions(sources.get(i));
        }
    }

    private void read(String source) {
        LibraryModel library = null;
        for (int from = source.indexOf('\n') + 1; from < source.length(); from = endOfLine(source, from) + 1) {
            if (source.startsWith(FUNCTION, from)) {
                continue;
            }
            String[] fields = source.substring(from, endOfLine(source, from)).split("\t");
            switch (fields[0]) {
                case "library" -> {
                    library = new LibraryModel(fields[1], orNull(fields[2]), orNull(fields[3]), fields[4]);
                    libraries.add(library);
                }
                case "transparent" -> library.addTransparent(fields[1]);
                case "method" ->
                    library.add(new MethodModel(
                            fields[1],
                            fields[2],
                            fields[3].equals("*") ? null : fields[3],
                            fields[4].equals("internal"),
                            fields[5]));
                default -> throw new IllegalArgumentException(fields[0]);
            }
        }
    }

    private void readFunctions(String source) {
        String library = null;
        for (int from = source.indexOf('\n') + 1; from < source.length(); from = endOfLine(source, from) + 1) {
            if (source.startsWith(LIBRARY, from)) {
                int name = from + LIBRARY.length();
                library = source.substring(name, source.indexOf('\t', name));
            } else if (source.startsWith(FUNCTION, from)) {
                functions
                        .append(library)
                        .append('\t')
                        .append(source, from + FUNCTION.length(), endOfLine(source, from))
                        .append('\n');
            }
        }
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private static String orNull(String field) {
        return field.equals("-") ? null : field;
    }

    /** Native functions, a line each, with tabs between: the library, the function, what a call does. */
    public String functions() {
        return functions.toString();
    }

    List<LibraryModel> libraries() {
        return libraries;
    }
}
