package io.pmemcheckj.analysis;

import java.util.List;

/**
 * What the caller knows of a run and the trace does not.
 *
 * @param java version of the traced JVM; null to take it from the trace
 * @param exitCode exit code of the program, null when not known
 * @param durationMs wall-clock milliseconds
 * @param traceBytes size of the trace, in bytes
 * @param problems why the check cannot be trusted, empty when it can
 */
public record RunFacts(
        String toolVersion,
        List<String> command,
        String java,
        Integer exitCode,
        long durationMs,
        long traceBytes,
        List<String> problems) {}
