package io.pmemcheckj.maven;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/**
 * How the tool ended.
 *
 * @param exitCode as its documentation has it
 * @param lines what it printed
 */
record Verdict(int exitCode, List<String> lines) {
    private static final int CLEAN = 0;
    private static final int FINDINGS = 1;
    private static final int USAGE = 2;
    private static final int UNTRUSTED = 3;
    private static final String SUMMARY = "verdict: ";
    private static final String OWN = "pmemcheck-j: ";
    private static final String PROBLEM = OWN + "the check cannot be trusted: ";

    boolean isGood() {
        return exitCode == CLEAN;
    }

    /**
     * Fails the build unless the verdict is good.
     *
     * @param reports folder that the message names
     */
    void require(Path reports) throws MojoExecutionException, MojoFailureException {
        switch (exitCode) {
            case CLEAN -> {}
            case FINDINGS ->
                throw new MojoFailureException(
                        said(SUMMARY).orElse("there are findings") + "; see " + reports.resolve("report.html"));
            case USAGE -> throw new MojoExecutionException(said(OWN).orElse("the configuration is wrong"));
            case UNTRUSTED ->
                throw new MojoFailureException("the check cannot be trusted: "
                        + said(PROBLEM).or(() -> said(OWN)).orElse("the log says why"));
            default -> throw new MojoExecutionException("the replay of the traces ended with exit code " + exitCode);
        }
    }

    /** The last line that begins so, from there on. */
    private Optional<String> said(String prefix) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .reduce((earlier, later) -> later);
    }
}
