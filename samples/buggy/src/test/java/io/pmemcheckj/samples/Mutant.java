package io.pmemcheckj.samples;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program with one mistake put in: a flush, fence, store or logging call dropped, done twice, exchanged with the next, or moved
 * behind it.
 *
 * @param program name of the class
 * @param change what was done
 * @param kind to what
 * @param line number of the statement's line
 * @param statement the statement
 * @param other the statement it changed places with or went behind; empty for none
 * @param source the text of the mutated program, line for line as the original
 * @param judgement what a person said of it
 */
record Mutant(
        String program,
        Change change,
        Kind kind,
        int line,
        String statement,
        String other,
        String source,
        Optional<Judgement> judgement) {
    enum Change {
        DROP,
        DUPLICATE,
        SWAP,
        MOVE,
        POSTPONE;

        @Override
        public String toString() {
            return name().toLowerCase();
        }
    }

    enum Kind {
        STORE("memory\\.put\\w*"),
        FLUSH("PmemCheck\\.flush"),
        FENCE("PmemCheck\\.fence"),
        FORCE("memory\\.force"),
        LOGGING("PmemCheck\\.(start|end|addTo)Transaction|log|commit");

        private final Pattern statement;

        Kind(String call) {
            statement = Pattern.compile("\\s+(" + call + ")\\(.*\\);");
        }

        private static Kind of(String line) {
            for (Kind kind : values()) {
                if (kind.statement.matcher(line).matches()) {
                    return kind;
                }
            }
            return null;
        }

        @Override
        public String toString() {
            return name().toLowerCase();
        }
    }

    /** What a person says of a mutant that is not found. */
    enum Verdict {
        /** What is there after a crash means the same, and costs no less. */
        EQUIVALENT,
        /** The program is wrong without a crash, too; that is for its own tests to find. */
        FUNCTIONAL,
        /** A crash can do harm, and the check does not see it. */
        MISSED
    }

    /** A comment in front of a statement: {@code // equivalent swap, move: reason}. */
    record Judgement(Verdict verdict, String reason) {
        private static final Pattern COMMENT =
                Pattern.compile("\\s*// (equivalent|functional|missed) ([a-z, ]+): (.*)");

        private static Optional<Judgement> of(List<String> lines, int line, Change change) {
            for (int i = line - 1; i >= 0; i--) {
                Matcher comment = COMMENT.matcher(lines.get(i));
                if (!comment.matches()) {
                    return Optional.empty();
                }
                if (List.of(comment.group(2).split(", ")).contains(change.toString())) {
                    return Optional.of(
                            new Judgement(Verdict.valueOf(comment.group(1).toUpperCase()), comment.group(3)));
                }
            }
            return Optional.empty();
        }
    }

    /** All mutants of a program; each text occurs once. */
    static List<Mutant> of(String program, List<String> lines) {
        List<Mutant> mutants = new ArrayList<>();
        Set<String> texts = new HashSet<>(Set.of(unspaced(lines)));
        for (int line = 0; line < lines.size(); line++) {
            if (Kind.of(lines.get(line)) != null) {
                for (Mutant mutant : of(program, lines, line)) {
                    if (texts.add(unspaced(List.of(mutant.source)))) {
                        mutants.add(mutant);
                    }
                }
            }
        }
        return mutants;
    }

    private static List<Mutant> of(String program, List<String> lines, int line) {
        List<Mutant> mutants = new ArrayList<>();
        String statement = lines.get(line);
        mutants.add(mutant(program, lines, line, -1, Change.DROP, edit(lines, line, "")));
        mutants.add(mutant(program, lines, line, -1, Change.DUPLICATE, edit(lines, line, statement + statement)));
        List<Integer> later = laterInBlock(lines, line);
        if (!later.isEmpty()) {
            int next = later.get(0);
            int last = later.get(later.size() - 1);
            mutants.add(mutant(
                    program,
                    lines,
                    line,
                    next,
                    Change.SWAP,
                    edit(edit(lines, line, lines.get(next)), next, statement)));
            mutants.add(mutant(program, lines, line, next, Change.MOVE, behind(lines, line, next)));
            mutants.add(mutant(program, lines, line, last, Change.POSTPONE, behind(lines, line, last)));
        }
        return mutants;
    }

    private static Mutant mutant(
            String program, List<String> lines, int line, int other, Change change, List<String> mutated) {
        return new Mutant(
                program,
                change,
                Kind.of(lines.get(line)),
                line + 1,
                lines.get(line).trim(),
                other < 0 ? "" : lines.get(other).trim(),
                String.join("\n", mutated) + "\n",
                Judgement.of(lines, line, change));
    }

    private static List<String> behind(List<String> lines, int line, int other) {
        return edit(edit(lines, line, ""), other, lines.get(other) + lines.get(line));
    }

    private static List<String> edit(List<String> lines, int line, String text) {
        List<String> edited = new ArrayList<>(lines);
        edited.set(line, text);
        return edited;
    }

    /** The statements behind one in its own block, in order; source is indented by four columns a level. */
    private static List<Integer> laterInBlock(List<String> lines, int line) {
        List<Integer> later = new ArrayList<>();
        int indent = indent(lines.get(line));
        for (int i = line + 1; i < lines.size() && indent(lines.get(i)) >= indent; i++) {
            if (indent(lines.get(i)) == indent && Kind.of(lines.get(i)) != null) {
                later.add(i);
            }
        }
        return later;
    }

    private static int indent(String line) {
        return line.isBlank()
                ? Integer.MAX_VALUE
                : line.length() - line.stripLeading().length();
    }

    private static String unspaced(List<String> lines) {
        return String.join("\n", lines).replaceAll("\\s*// .*", "").replaceAll("\\s+", " ");
    }

    /** What was changed, as one line for people. */
    String describe() {
        String what = program + ":" + line + " " + change + " `" + statement + "`";
        return switch (change) {
            case DROP, DUPLICATE -> what;
            case SWAP -> what + " with `" + other + "`";
            case MOVE, POSTPONE -> what + " behind `" + other + "`";
        };
    }
}
