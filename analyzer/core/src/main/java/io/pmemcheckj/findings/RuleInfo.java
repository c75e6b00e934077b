package io.pmemcheckj.findings;

import java.util.List;

/**
 * A rule as the catalogue describes it.
 *
 * <p>Identity, severity and switches are known at once; the texts are read from the rule's own file when first asked for,
 * because a check needs them only where it found something.
 */
public final class RuleInfo {
    private final String id;
    private final Severity severity;
    private final boolean enabledByDefault;
    private final boolean cost;
    private volatile RuleTexts texts;

    RuleInfo(String id, Severity severity, boolean enabledByDefault, boolean cost) {
        this.id = id;
        this.severity = severity;
        this.enabledByDefault = enabledByDefault;
        this.cost = cost;
    }

    /** The id used in reports and options, for example {@code unflushed-store}. */
    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    /** Whether a check reports the rule when nobody chose rules. */
    public boolean enabledByDefault() {
        return enabledByDefault;
    }

    /** Whether it finds what costs time and loses nothing; false for what a crash can do harm to. */
    public boolean isCost() {
        return cost;
    }

    /** One line without a full stop. */
    public String title() {
        return texts().title();
    }

    /** When the rule fires; paragraphs separated by line breaks, code in backticks. */
    public String what() {
        return texts().what();
    }

    /** What goes wrong in a crash, or what it costs; written like {@link #what}. */
    public String why() {
        return texts().why();
    }

    /** What to do about it; written like {@link #what}. */
    public String fix() {
        return texts().fix();
    }

    public Example example() {
        return texts().example();
    }

    @Override
    public String toString() {
        return id;
    }

    private RuleTexts texts() {
        RuleTexts known = texts;
        if (known == null) {
            known = RuleTexts.read(id);
            texts = known;
        }
        return known;
    }

    /**
     * Splits a text of the catalogue.
     *
     * @param text what {@link #what}, {@link #why} or {@link #fix} returned
     */
    public static List<String> paragraphs(String text) {
        return text.lines().filter(line -> !line.isBlank()).toList();
    }

    /**
     * The same few lines of Java, wrong and right.
     *
     * @param buggy code on which the rule fires
     * @param fixed code on which it does not
     */
    public record Example(String buggy, String fixed) {}
}
