package io.pmemcheckj.gate;

import io.pmemcheckj.findings.Finding;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A suppression that stands in the code, {@code io.pmemcheckj.api.SuppressPmem}. The agent tells of it by properties of the
 * trace: {@code suppress:RULE TARGET} is the reason, {@code suppress-until:RULE TARGET} the last day.
 *
 * @param rule rule id
 * @param target binary name of the class, with {@code #} and the method's name where a method is annotated
 * @param until null for ever
 */
public record AnnotatedSuppression(String rule, String target, String reason, String until) implements Suppressor {
    private static final String KEY = "suppress:";
    private static final String UNTIL = "suppress-until:";

    /** The suppressions that a trace tells of, in a fixed order. */
    public static List<AnnotatedSuppression> of(Map<String, String> properties) {
        List<AnnotatedSuppression> found = new ArrayList<>();
        properties.forEach((key, reason) -> {
            int space = key.indexOf(' ');
            if (key.startsWith(KEY) && space > 0) {
                String rule = key.substring(KEY.length(), space);
                String target = key.substring(space + 1);
                found.add(new AnnotatedSuppression(rule, target, reason, properties.get(UNTIL + rule + " " + target)));
            }
        });
        found.sort(Comparator.comparing(AnnotatedSuppression::target).thenComparing(AnnotatedSuppression::rule));
        return found;
    }

    @Override
    public boolean matches(Finding finding) {
        if (reason.isBlank() || !isDate() || !finding.rule().equals(rule)) {
            return false;
        }
        int hash = target.indexOf('#');
        String type = hash < 0 ? target : target.substring(0, hash);
        return hash < 0
                ? CodeNames.isWithin(finding.location().className(), type)
                : type.equals(finding.location().className())
                        && target.substring(hash + 1).equals(CodeNames.method(finding.location()));
    }

    @Override
    public Finding.Suppression suppression() {
        return new Finding.Suppression(Finding.Suppression.ANNOTATION, reason, until, target);
    }

    @Override
    public boolean isExpired(LocalDate today) {
        return isDate() && Suppressor.super.isExpired(today);
    }

    @Override
    public String description() {
        String fault = reason.isBlank() ? " (it gives no reason)" : isDate() ? "" : " (until is no date)";
        return "@SuppressPmem of " + target + ", " + rule + fault;
    }

    private boolean isDate() {
        try {
            return until == null || LocalDate.parse(until) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
