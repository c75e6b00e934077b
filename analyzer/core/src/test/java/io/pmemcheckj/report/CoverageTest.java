package io.pmemcheckj.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.findings.Report;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageTest {

    @ParameterizedTest
    @CsvSource({
        "all, 5, 5, 0, , 1, 'every state was checked: 5 states'",
        "all, 1, 1, 0, , 1, 'every state was checked: 1 state'",
        "all, 20, 5, 15, , 1, 'every state was checked: 20 states, 5 of them different'",
        "reads, 4096, 12, 0, , 1, 'every state that the check can tell apart was checked: 12 of 4,096 states'",
        "part, 4096, 1024, 0, max-states, 0.25, '1,024 of 4,096 states; stopped by --max-states'",
        "part, 40, 10, 50, time-limit, 0.25, '10 of 40 states; stopped by --time-limit'",
        "part, 40, 10, 0, signal, 0.25, '10 of 40 states; stopped by a signal'",
        "part, 40, 10, 0, , 0.25, '10 of 40 states'",
        "part, 1.5e30, 12, 0, , 8e-30, '12 of about 1.5e30 states'",
        "part, 0, 0, 0, , 0, '0 of 0 states'",
    })
    void itIsToldInPlainWords(
            String coverage,
            String states,
            long checked,
            long duplicates,
            String stoppedBy,
            double share,
            String sentence) {
        Coverage found = Coverage.of(exploration(coverage, states, checked, duplicates, stoppedBy));
        assertEquals(sentence, found.sentence());
        assertEquals(share, found.share(), 1e-9);
    }

    @Test
    void nearlyAllIsNotAll() {
        assertTrue(Coverage.of(exploration("part", "1e9", 999_999_999, 0, null)).share() < 1);
    }

    @ParameterizedTest
    @CsvSource({
        "all, every state that a crash can leave",
        "reads, every state that it can tell apart",
        "part, '12 of 4,096 states'",
    })
    void aCheckThatFoundNothingSaysInWhat(String coverage, String extent) {
        Report clean = Reports.exploredBy(Reports.report(List.of()), exploration(coverage, "4096", 12, 0, null));
        assertEquals(
                "Nothing found: the check accepts " + extent, Verdict.of(clean).sentence());
    }

    private static Report.Exploration exploration(
            String coverage, String states, long checked, long duplicates, String stoppedBy) {
        return new Report.Exploration(
                "exhaustive",
                "power",
                "check",
                1,
                1,
                1,
                states,
                checked,
                duplicates,
                0,
                coverage,
                stoppedBy,
                List.of(),
                1);
    }
}
