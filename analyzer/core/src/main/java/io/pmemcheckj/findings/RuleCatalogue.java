package io.pmemcheckj.findings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All rules, in the order of reports.
 *
 * <p>Loading reads only the index, a few lines of plain text: every start of the tool pays for it. The YAML file of a rule is
 * parsed when a text of that rule is first asked for.
 */
public final class RuleCatalogue {
    private static final String FOLDER = "/io/pmemcheckj/rules/catalogue/";

    private final Map<String, RuleInfo> rules;

    private RuleCatalogue(Map<String, RuleInfo> rules) {
        this.rules = Collections.unmodifiableMap(rules);
    }

    /** The catalogue that ships with the tool. */
    public static RuleCatalogue load() {
        return Holder.SHIPPED;
    }

    /** All ids, in the order of reports. */
    public Set<String> ids() {
        return rules.keySet();
    }

    /** All rules, in the order of reports. */
    public Collection<RuleInfo> rules() {
        return rules.values();
    }

    /** Ids of the rules that a check reports when nobody chose rules. */
    public Set<String> defaultIds() {
        Set<String> ids = new LinkedHashSet<>();
        for (RuleInfo rule : rules.values()) {
            if (rule.enabledByDefault()) {
                ids.add(rule.id());
            }
        }
        return Collections.unmodifiableSet(ids);
    }

    /**
     * The rule with this id.
     *
     * @throws IllegalArgumentException if there is none; callers that got the id from a user ask {@link #find} instead
     */
    public RuleInfo rule(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no rule '" + id + "' in the catalogue"));
    }

    public Optional<RuleInfo> find(String id) {
        return Optional.ofNullable(rules.get(id));
    }

    private static RuleCatalogue readIndex() {
        Map<String, RuleInfo> rules = new LinkedHashMap<>();
        for (String line : resource("index.txt").split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                RuleInfo rule = parseIndexLine(line);
                rules.put(rule.id(), rule);
            }
        }
        return new RuleCatalogue(rules);
    }

    private static RuleInfo parseIndexLine(String line) {
        String[] words = line.split(" ");
        Severity severity = Severity.valueOf(words[1].toUpperCase(Locale.ROOT));
        return new RuleInfo(words[0], severity, words[2].equals("on"), words[3].equals("cost"));
    }

    /**
     * A file of the catalogue.
     *
     * @throws IllegalStateException if the build lacks it
     */
    static String resource(String name) {
        try (InputStream in = RuleCatalogue.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("this build of pmemcheck-j lacks the rule file " + FOLDER + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the rule file " + FOLDER + name, e);
        }
    }

    private static final class Holder {
        static final RuleCatalogue SHIPPED = readIndex();
    }
}
