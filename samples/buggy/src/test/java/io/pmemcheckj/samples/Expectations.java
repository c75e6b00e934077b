package io.pmemcheckj.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a sample's source says about itself.
 *
 * <p>{@code // finds: RULE bytes=N occurrences=N; RULE …} on a line promises these findings at exactly this line; the
 * two counts may be left out. {@code // run: OPTIONS} gives the options that {@code pmemcheck-j run} needs; {@code
 * {source}} in it stands for the folder of the source. {@code // crash: OPTIONS} gives those of {@code pmemcheck-j crash}, by
 * which marks of {@value #CRASH_RULE} are found and no others.
 *
 * @param options for {@code pmemcheck-j run}
 * @param crashOptions for {@code pmemcheck-j crash}; empty where no crash is to be tried
 * @param marks the findings promised
 */
record Expectations(List<String> options, List<String> crashOptions, List<Mark> marks) {
    static final String CRASH_RULE = "inconsistent-crash-state";
    private static final Pattern FINDS = Pattern.compile("// finds: (.*)$");
    private static final Pattern OPTIONS = Pattern.compile("^\\s*// (run|crash): (.*)$");

    static Expectations of(Path source) throws IOException {
        return parse(
                source.getFileName().toString(),
                Files.readAllLines(source),
                source.toAbsolutePath().getParent());
    }

    static Expectations parse(String file, List<String> lines, Path folder) {
        List<String> options = new ArrayList<>();
        List<String> crashOptions = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher given = OPTIONS.matcher(lines.get(i));
            if (given.find()) {
                List<String> command = given.group(1).equals("run") ? options : crashOptions;
                for (String option : given.group(2).trim().split("\\s+")) {
                    command.add(option.replace("{source}", folder.toString()));
                }
            }
            Matcher finds = FINDS.matcher(lines.get(i));
            if (finds.find()) {
                for (String promise : finds.group(1).split(";")) {
                    marks.add(mark(file, i + 1, promise.trim()));
                }
            }
        }
        return new Expectations(List.copyOf(options), List.copyOf(crashOptions), List.copyOf(marks));
    }

    /** What {@code run} must find. */
    Expectations ofRun() {
        return only(mark -> !mark.rule().equals(CRASH_RULE));
    }

    /** What {@code crash} must find. */
    Expectations ofCrash() {
        return only(mark -> mark.rule().equals(CRASH_RULE));
    }

    private Expectations only(Predicate<Mark> kept) {
        return new Expectations(
                options, crashOptions, marks.stream().filter(kept).toList());
    }

    private static Mark mark(String file, int line, String promise) {
        String[] words = promise.split("\\s+");
        Long bytes = null;
        Long occurrences = null;
        for (int i = 1; i < words.length; i++) {
            String[] fact = words[i].split("=", 2);
            switch (fact[0]) {
                case "bytes" -> bytes = Long.valueOf(fact[1]);
                case "occurrences" -> occurrences = Long.valueOf(fact[1]);
                default ->
                    throw new IllegalArgumentException(file + ":" + line + ": unknown fact in a mark: " + words[i]);
            }
        }
        return new Mark(file, line, words[0], bytes, occurrences);
    }

    /** Compares both ways: each line names a finding without a mark or a mark without a finding. */
    List<String> differences(List<Mark> findings) {
        List<Mark> open = new ArrayList<>(marks);
        List<String> differences = new ArrayList<>();
        for (Mark finding : findings) {
            int kept = indexOf(open, finding);
            if (kept < 0) {
                differences.add("found, not marked: " + finding);
            } else {
                open.remove(kept);
            }
        }
        open.forEach(mark -> differences.add("marked, not found: " + mark));
        return differences;
    }

    private static int indexOf(List<Mark> marks, Mark finding) {
        for (int i = 0; i < marks.size(); i++) {
            if (marks.get(i).promises(finding)) {
                return i;
            }
        }
        return -1;
    }
}
