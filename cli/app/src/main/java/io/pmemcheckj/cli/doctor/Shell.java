package io.pmemcheckj.cli.doctor;

/** Quotes what goes into commands that users copy. */
public final class Shell {
    private Shell() {}

    public static String word(String text) {
        return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
