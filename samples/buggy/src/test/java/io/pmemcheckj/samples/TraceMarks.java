package io.pmemcheckj.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is to be traced of a test program, by line of its source: {@code // traces: …}. */
final class TraceMarks {
    private static final Pattern MARK = Pattern.compile(".* // traces: (.*)");

    private TraceMarks() {}

    static Map<Integer, String> of(Path source) throws IOException {
        Map<Integer, String> marks = new TreeMap<>();
        List<String> lines = Files.readAllLines(source);
        for (int i = 0; i < lines.size(); i++) {
            Matcher mark = MARK.matcher(lines.get(i));
            if (mark.matches()) {
                marks.put(i + 1, mark.group(1));
            }
        }
        return marks;
    }

    /** A line of text for each line of the source, so that a difference can be read. */
    static String text(Map<Integer, ?> byLine) {
        StringJoiner lines = new StringJoiner("\n");
        byLine.forEach((line, events) -> lines.add(line + ": " + events));
        return lines.toString();
    }
}
