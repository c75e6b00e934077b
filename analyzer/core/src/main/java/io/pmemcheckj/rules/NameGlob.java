package io.pmemcheckj.rules;

import java.util.regex.Pattern;

/** Globs of names: {@code *} stands for any characters, dots included, and {@code ?} for one. */
final class NameGlob {
    private NameGlob() {}

    static Pattern pattern(String glob) {
        StringBuilder pattern = new StringBuilder();
        for (char c : glob.toCharArray()) {
            pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(pattern.toString());
    }
}
