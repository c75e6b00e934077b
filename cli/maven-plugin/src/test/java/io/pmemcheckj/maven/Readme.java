package io.pmemcheckj.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of code in a section of the README, as they stand there. */
record Readme(String section) {

    static Readme section(String title) throws IOException {
        String text = Files.readString(SmallProject.ROOT.resolve("README.md"));
        Matcher section = Pattern.compile("(?ms)^## " + Pattern.quote(title) + "$(.*?)(?=^## )")
                .matcher(text);
        if (!section.find()) {
            throw new AssertionError("the README has no section " + title);
        }
        return new Readme(section.group(1));
    }

    /** The blocks marked with this language, in their order. */
    List<String> blocks(String language) {
        return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
                .matcher(section)
                .results()
                .map(block -> block.group(1))
                .toList();
    }
}
