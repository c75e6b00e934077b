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
            case "all" -> new Coverage("every state was checked: " + different(exploration), 1);
            case "reads" ->
                new Coverage("every state that the check can tell apart was checked: " + part(exploration), 1);
            default -> new Coverage(part(exploration) + end(exploration.stoppedBy()), share(exploration));
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

    /** An engine may choose a state twice, so those of the same content tell nothing about the part. */
    private static String part(Report.Exploration exploration) {
        return Wording.number(exploration.checked()) + " of " + states(exploration);
    }

    private static String states(Report.Exploration exploration) {
        String number = exploration.states();
        String states = isWhole(number)
                ? String.format(Locale.ROOT, "%,d", new BigDecimal(number).toBigInteger())
                : "about " + number;
        return states + (number.equals("1") ? " state" : " states");
    }

    /** States of one content are judged together. */
    private static String different(Report.Exploration exploration) {
        return states(exploration)
                + (exploration.duplicates() == 0
                        ? ""
                        : ", " + Wording.number(exploration.checked()) + " of them different");
    }

    private static String end(String stoppedBy) {
        if (stoppedBy == null) {
            return "";
        }
        return switch (stoppedBy) {
            case "max-states", "time-limit" -> "; stopped by --" + stoppedBy;
            default -> "; stopped by a " + stoppedBy;
        };
    }

    private static double share(Report.Exploration exploration) {
        BigDecimal all = new BigDecimal(exploration.states());
        return all.signum() == 0
                ? 0
                : Math.min(
                        NEARLY_ALL,
                        BigDecimal.valueOf(exploration.checked())
                                .divide(all, MathContext.DECIMAL64)
                                .doubleValue());
    }

    private static boolean isWhole(String number) {
        return number.chars().allMatch(Character::isDigit);
    }
}
