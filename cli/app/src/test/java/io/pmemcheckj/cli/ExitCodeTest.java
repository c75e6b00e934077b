package io.pmemcheckj.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pmemcheckj.findings.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "unknown",
            value = {
                "true,  false, 0,       CLEAN",
                "true,  false, unknown, CLEAN",
                "true,  false, 7,       PROGRAM_FAILED",
                "true,  false, 143,     PROGRAM_FAILED",
                "true,  true,  0,       FINDINGS",
                "true,  true,  7,       FINDINGS",
                "false, false, 0,       UNTRUSTED",
                "false, true,  0,       UNTRUSTED",
                "false, true,  7,       UNTRUSTED",
            })
    void untrustedThenFindingsThenProgram(boolean trusted, boolean findings, Integer exit, ExitCode expected) {
        assertEquals(expected, ExitCode.of(trusted, findings, exit));
    }

    @Test
    void numbersAreThoseThatScriptsKnow() {
        assertEquals(0, ExitCode.CLEAN.number());
        assertEquals(1, ExitCode.FINDINGS.number());
        assertEquals(2, ExitCode.USAGE.number());
        assertEquals(3, ExitCode.UNTRUSTED.number());
        assertEquals(4, ExitCode.PROGRAM_FAILED.number());
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR, ERROR, true",
        "ERROR, WARNING, false",
        "WARNING, ERROR, true",
        "WARNING, NOTE, false",
        "NOTE, NOTE, true",
        "NEVER, ERROR, false",
    })
    void thresholdIncludesWhatIsWorse(FailOn threshold, Severity severity, boolean reached) {
        assertEquals(reached, threshold.reachedBy(severity));
    }
}
