package io.pmemcheckj.report;

import io.pmemcheckj.findings.Report;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * How much of the crash states an exploration has judged.
 *
 * @param sentence in plain words, without a full stop
 * @param share from 0 to 1; less than 1 where anything is missing
 */
record Coverage(String sentence, double share) {
    private static final double NEARLY_ALL = 0.9999;

    static Coverage of(Report.Exploration exploration) {
        return switch (exploration.coverage()) {
            case "all" -> new Coverage("every state was checked: " + states(exploration), 1);
            case "reads" ->
                new Coverage("every state that the check can tell apart was checked: " + part(exploration), 1);
            default ->
                new Coverage(
                        part(exploration)
                                + (exploration.stoppedBy() == null ? "" : "; stopped by --" + exploration.stoppedBy()),
                        share(exploration));
        };
    }

    /** {@code every state that a crash can leave}, for a sentence about what was found in it. */
    static String extent(Report.Exploration exploration) {
        return switch (exploration.coverage()) {
            case "all" -> "every state that a crash can leave";
            case "reads" -> "every state that it can tell apart";
            default -> part(exploration);
        };
    }

    private static String part(Report.Exploration exploration) {
        return grouped(covered(exploration)) + " of " + states(exploration);
    }

    /** States of one content are judged together. */
    private static String states(Report.Exploration exploration) {
        String number = exploration.states();
        String states = isWhole(number)
                ? String.format(Locale.ROOT, "%,d", new BigDecimal(number).toBigInteger())
                : "about " + number;
        return states
                + (number.equals("1") ? " state" : " states")
                + (exploration.duplicates() == 0 ? "" : ", " + grouped(exploration.checked()) + " of them different");
    }

    private static double share(Report.Exploration exploration) {
        BigDecimal all = new BigDecimal(exploration.states());
        return all.signum() == 0
                ? 0
                : Math.min(
                        NEARLY_ALL,
                        BigDecimal.valueOf(covered(exploration))
                                .divide(all, MathContext.DECIMAL64)
                                .doubleValue());
    }

    private static long covered(Report.Exploration exploration) {
        return exploration.checked() + exploration.duplicates();
    }

    private static boolean isWhole(String number) {
        return number.chars().allMatch(Character::isDigit);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
