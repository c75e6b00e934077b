package io.pmemcheckj.cli.doctor;

/** Quotes what goes into commands that users copy. */
final class Shell {
    private Shell() {}

    static String word(String text) {
        return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
