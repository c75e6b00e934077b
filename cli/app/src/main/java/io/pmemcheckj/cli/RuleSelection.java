package io.pmemcheckj.cli;

import io.pmemcheckj.findings.RuleCatalogue;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What {@code --rules} leaves switched on. */
final class RuleSelection {
    private RuleSelection() {}

    /** @param changes rule ids with a sign, the later ones win */
    static Set<String> of(List<String> changes) {
        RuleCatalogue catalogue = RuleCatalogue.load();
        Set<String> enabled = new TreeSet<>(catalogue.defaultIds());
        for (String change : changes) {
            apply(change, catalogue, enabled);
        }
        return enabled;
    }

    private static void apply(String change, RuleCatalogue catalogue, Set<String> enabled) {
        char sign = change.isEmpty() ? ' ' : change.charAt(0);
        if (sign != '+' && sign != '-') {
            throw CommandException.usage(
                    "--rules: write +" + change + " to switch the rule on or -" + change + " to switch it off");
        }
        String id = change.substring(1);
        if (catalogue.find(id).isEmpty()) {
            throw unknown("--rules: ", id);
        }
        if (sign == '+') {
            enabled.add(id);
        } else {
            enabled.remove(id);
        }
    }

    static CommandException unknown(String prefix, String id) {
        return CommandException.usage(prefix + "there is no rule '" + id + "'; 'pmemcheck-j explain' lists them");
    }
}
