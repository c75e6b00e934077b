package io.pmemcheckj.maven;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;

/** What a build says of each way in which the tool can end. */
class VerdictTest {
    private static final Path REPORTS = Path.of("reports");

    @Test
    void eachExitCodeHasItsWords() {
        assertDoesNotThrow(() -> new Verdict(0, List.of("verdict: Nothing found")).require(REPORTS));
        assertEquals(
                "2 errors: data can be lost; see reports/report.html",
                failure(new Verdict(
                        1, List.of("ERROR a", "verdict: 2 errors: data can be lost", "pmemcheck-j: reports"))));
        assertEquals(
                "the check cannot be trusted: the trace is incomplete",
                failure(new Verdict(
                        3,
                        List.of(
                                "pmemcheck-j: the check cannot be trusted: the trace is incomplete",
                                "pmemcheck-j: x"))));
        assertEquals("the check cannot be trusted: damaged", failure(new Verdict(3, List.of("pmemcheck-j: damaged"))));
        MojoExecutionException wrong = assertThrows(
                MojoExecutionException.class,
                () -> new Verdict(2, List.of("pmemcheck-j: --fail-on: unknown")).require(REPORTS));
        assertEquals("--fail-on: unknown", wrong.getMessage());
        MojoExecutionException killed =
                assertThrows(MojoExecutionException.class, () -> new Verdict(137, List.of()).require(REPORTS));
        assertEquals("the replay of the traces ended with exit code 137", killed.getMessage());
    }

    private static String failure(Verdict verdict) {
        return assertThrows(MojoFailureException.class, () -> verdict.require(REPORTS))
                .getMessage();
    }
}
