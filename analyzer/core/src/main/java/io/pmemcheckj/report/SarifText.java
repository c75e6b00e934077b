package io.pmemcheckj.report;

/** Text in a SARIF message, where braces hold placeholders and brackets hold links. */
final class SarifText {
    private SarifText() {}

    /** The text as it stands, for a viewer that knows the standard. */
    static String of(String text) {
        // Elsewhere a bracket needs no backslash, and viewers that do not know it would show it.
        return text.contains("](") ? escaped(text) : braced(text);
    }

    /** A link to the related location with this id. */
    static String link(String text, int id) {
        return "[" + escaped(text) + "](" + id + ")";
    }

    private static String escaped(String text) {
        return braced(text).replaceAll("[\\\\\\[\\]]", "\\\\$0");
    }

    private static String braced(String text) {
        return text.replace("{", "{{").replace("}", "}}");
    }
}
