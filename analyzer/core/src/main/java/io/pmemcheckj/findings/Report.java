package io.pmemcheckj.findings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole check; the shape of report.json.
 *
 * @param findings those that count
 * @param exploration what was looked at of the crash states; null where none were
 * @param suppressed findings that do not count, each with its {@link Finding#suppression}
 * @param gate what is wrong with the suppressions and the baseline; null where there are none
 */
public record Report(
        String schemaVersion,
        Tool tool,
        Run run,
        Summary summary,
        List<Segment> segments,
        List<Finding> findings,
        List<Checkpoint> checkpoints,
        Exploration exploration,
        List<Finding> suppressed,
        Gate gate) {

    /** Reports of the first versions have no suppressions. */
    public Report {
        suppressed = suppressed == null ? List.of() : List.copyOf(suppressed);
    }

    /** A report of which all findings count. */
    public Report(
            String schemaVersion,
            Tool tool,
            Run run,
            Summary summary,
            List<Segment> segments,
            List<Finding> findings,
            List<Checkpoint> checkpoints,
            Exploration exploration) {
        this(schemaVersion, tool, run, summary, segments, findings, checkpoints, exploration, List.of(), null);
    }

    public static final String SCHEMA_VERSION = "1.0";

    public record Tool(String name, String version) {}

    /**
     * The run that was checked.
     *
     * @param command the traced command, program first
     * @param java version of the JVM that ran it
     * @param domain persistence domain asked for: auto, adr, eadr or page-cache
     * @param exitCode the program's own exit code, null when it is not known
     * @param durationMs wall-clock milliseconds
     * @param complete false when the trace is damaged, truncated or has a gap
     * @param problems why the check cannot be trusted, empty when it can
     * @param libraries those met that a model speaks of
     */
    public record Run(
            List<String> command,
            String java,
            String domain,
            Integer exitCode,
            long durationMs,
            boolean complete,
            List<String> problems,
            List<Library> libraries) {

        /** Reports of the first versions say nothing of libraries. */
        public Run {
            libraries = libraries == null ? List.of() : libraries;
        }
    }

    /** @param version empty where it is not known */
    public record Library(String name, String version) {}

    /**
     * Counts over the whole run.
     *
     * @param findings number of findings by severity id: error, warning, note
     * @param audit null where none was asked for
     */
    public record Summary(
            long stores,
            long flushes,
            long fences,
            long transactions,
            int segments,
            int threads,
            long traceBytes,
            Map<String, Integer> findings,
            int suppressed,
            int baselined,
            Audit audit) {

        /** Number of findings by the id of their severity, none left out. */
        public static Map<String, Integer> bySeverity(List<Finding> findings) {
            Map<String, Integer> counts = new LinkedHashMap<>();
            for (Severity severity : Severity.values()) {
                counts.put(severity.id(), 0);
            }
            findings.forEach(finding -> counts.merge(finding.severity().id(), 1, Integer::sum));
            return counts;
        }
    }

    /**
     * How much of the mapped files the traced stores explain.
     *
     * @param comparedBytes number of bytes compared when the program had ended
     * @param explainedBytes number of those that are as the stores left them
     */
    public record Audit(long comparedBytes, long explainedBytes) {
        public boolean isComplete() {
            return explainedBytes == comparedBytes;
        }
    }

    /**
     * A file, or a registered range of memory, that the program kept data in.
     *
     * @param storedBytes number of distinct bytes stored
     * @param unpersistedBytes number of bytes not persistent when it ended
     * @param map where in the file they are; null where it is not known
     */
    public record Segment(
            int id,
            String path,
            long size,
            String domain,
            boolean sync,
            long storedBytes,
            long unpersistedBytes,
            SegmentMap map) {

        /** A segment without a map. */
        public Segment(
                int id, String path, long size, String domain, boolean sync, long storedBytes, long unpersistedBytes) {
            this(id, path, size, domain, sync, storedBytes, unpersistedBytes, null);
        }

        /** The same segment by another number. */
        public Segment numbered(int number) {
            return new Segment(number, path, size, domain, sync, storedBytes, unpersistedBytes, map);
        }
    }

    /**
     * Where in a file bytes were stored, and are not persistent, in equal parts of it.
     *
     * @param partBytes size of a part, in bytes; the last one may be smaller
     * @param stored number of distinct bytes stored, by part
     * @param unpersisted number of bytes not persistent at the end, by part
     */
    public record SegmentMap(long partBytes, List<Long> stored, List<Long> unpersisted) {}

    /**
     * What there is to know of a gate besides the findings.
     *
     * @param unusedSuppressions source and rule of suppressions that no finding met
     * @param expiredSuppressions those whose last day is over; they suppress nothing
     * @param fixed number of findings of the baseline that were not met any more
     */
    public record Gate(List<String> unusedSuppressions, List<String> expiredSuppressions, int fixed) {}

    /**
     * How far crash states were explored.
     *
     * @param engine how states were chosen
     * @param failure power or process
     * @param check what judged the states, as the user gave it
     * @param seed where random choices began
     * @param failurePoints number of moments at which a crash can leave another set of states
     * @param exploredPoints number of those that were looked at
     * @param states number of states that a crash can leave, over all failure points, in decimal; with {@code e} where it
     *     is too great
     * @param checked number of states that were checked, all different
     * @param duplicates number of states that were not, because the same content had been checked
     * @param inconsistent number of those checked that were refused
     * @param coverage all (every state), reads (every state that the check can tell apart) or part
     * @param stoppedBy max-states, time-limit, signal or failure, or null
     * @param notCovered what was left out, in words
     * @param durationMs wall-clock milliseconds
     */
    public record Exploration(
            String engine,
            String failure,
            String check,
            long seed,
            long failurePoints,
            long exploredPoints,
            String states,
            long checked,
            long duplicates,
            long inconsistent,
            String coverage,
            String stoppedBy,
            List<String> notCovered,
            long durationMs) {}

    public record Checkpoint(String label, long unpersistedStores, long unpersistedBytes) {}
}
