package io.pmemcheckj.analysis;

import java.util.regex.Pattern;

/** Globs of names: {@code *} stands for any characters, dots included, and {@code ?} for one. */
public final class NameGlob {
    private NameGlob() {}

    public static Pattern pattern(String glob) {
        StringBuilder pattern = new StringBuilder();
        for (char c : glob.toCharArray()) {
            pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(pattern.toString());
    }
}
