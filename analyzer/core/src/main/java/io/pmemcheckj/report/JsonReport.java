package io.pmemcheckj.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import io.pmemcheckj.findings.CrashState;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Flight;
import io.pmemcheckj.findings.Location;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.findings.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The report for programs, {@code report.json}: the records of {@code io.pmemcheckj.findings} as they stand. */
public final class JsonReport implements ReportFormat {

    /** Writes and reads the records; other formats that embed the report use it too. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            // A later 1.x may add members.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(Location.class, LocationNames.class)
            .addMixIn(Severity.class, SeverityNames.class)
            .addMixIn(Report.Summary.class, SummaryMembers.class)
            .addMixIn(Report.Audit.class, AuditMembers.class)
            .addMixIn(Report.class, ReportMembers.class)
            .addMixIn(Finding.class, FindingMembers.class)
            .addMixIn(Report.Segment.class, SegmentMembers.class)
            .build();

    /** A number of states; an exponent of more digits is none that a number can have. */
    private static final Pattern STATES = Pattern.compile("[0-9]+(\\.[0-9]+)?([eE]\\+?[0-9]{1,9})?");

    @Override
    public String id() {
        return "json";
    }

    @Override
    public String fileName() {
        return "report.json";
    }

    @Override
    public void write(Report report, Sources sources, OutputStream out) throws IOException {
        write((Object) report, out);
    }

    /**
     * Writes a value, and flushes but does not close the stream.
     *
     * <p>As text first: the byte generator refuses the unpaired surrogates a thread name may hold, and wraps the exceptions
     * of the stream.
     */
    static void write(Object value, OutputStream out) throws IOException {
        String json = MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.append(json).append('\n');
        writer.flush();
    }

    /**
     * Reads a report that {@link #write} wrote, in this version or another that shares the schema's major version.
     *
     * @throws IOException with a one-line message that names the file, if it cannot be read or is no such report
     */
    public static Report read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no such report file");
        }
        Report report;
        try {
            report = MAPPER.readValue(Files.readAllBytes(file), Report.class);
        } catch (JacksonException e) {
            throw new IOException(file + ": not a pmemcheck-j report (" + where(e) + ")", e);
        }
        checkVersion(file, report);
        if (!isWhole(report)) {
            throw new IOException(file + ": not a pmemcheck-j report (a required member is missing or wrong)");
        }
        return report;
    }

    private static void checkVersion(Path file, Report report) throws IOException {
        String version = report == null ? null : report.schemaVersion();
        if (version == null) {
            throw new IOException(file + ": not a pmemcheck-j report (it has no schemaVersion)");
        }
        String major = Report.SCHEMA_VERSION.substring(0, Report.SCHEMA_VERSION.indexOf('.') + 1);
        if (!version.startsWith(major)) {
            throw new IOException(file + ": report of schema version " + Printable.of(version)
                    + ", but this version of pmemcheck-j reads " + major + "x only");
        }
    }

    private static String where(JacksonException e) {
        var place = e.getLocation();
        String message = Printable.of(e.getOriginalMessage().lines().findFirst().orElse("damaged"));
        return place == null || place.getLineNr() < 1
                ? message
                : "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": " + message;
    }

    private static boolean isWhole(Report report) {
        return present(
                        report.tool(),
                        report.run(),
                        report.summary(),
                        report.segments(),
                        report.findings(),
                        report.checkpoints())
                && present(
                        report.run().command(),
                        report.run().problems(),
                        report.summary().findings())
                && report.segments().stream().allMatch(Objects::nonNull)
                && report.checkpoints().stream().allMatch(Objects::nonNull)
                && Stream.concat(report.findings().stream(), report.suppressed().stream())
                        .allMatch(JsonReport::isWhole)
                && (report.gate() == null
                        || present(
                                report.gate().unusedSuppressions(),
                                report.gate().expiredSuppressions()))
                && (report.exploration() == null || isWhole(report.exploration()))
                && (report.flight() == null || isWhole(report.flight()));
    }

    private static boolean isWhole(Flight flight) {
        return present(
                        flight.recording(),
                        flight.begin(),
                        flight.missing(),
                        flight.samples(),
                        flight.pauses(),
                        flight.slowFlushes(),
                        flight.moments())
                && flight.samples().stream().allMatch(Objects::nonNull)
                && isWholeActivities(flight.pauses())
                && flight.slowFlushes().stream()
                        .allMatch(flush -> flush != null
                                && present(flush.kind(), flush.path(), flush.location(), flush.stack(), flush.beside())
                                && flush.stack().stream().allMatch(Objects::nonNull)
                                && isWholeActivities(flush.beside()))
                && flight.moments().stream()
                        .allMatch(moment -> moment != null
                                && present(moment.fingerprint(), moment.beside())
                                && isWholeActivities(moment.beside()));
    }

    private static boolean isWholeActivities(List<Flight.Activity> activities) {
        return activities.stream()
                .allMatch(activity -> activity != null && present(activity.kind(), activity.detail()));
    }

    private static boolean isWhole(Finding finding) {
        return finding != null
                && present(
                        finding.fingerprint(),
                        finding.rule(),
                        finding.severity(),
                        finding.location(),
                        finding.stack(),
                        finding.related())
                && finding.stack().stream().allMatch(Objects::nonNull)
                && finding.related().stream()
                        .allMatch(other -> other != null && present(other.role(), other.location(), other.stack()))
                && finding.timeline().stream().allMatch(step -> step != null && present(step.event(), step.location()))
                && (finding.suppression() == null
                        || present(finding.suppression().kind()))
                && (finding.crash() == null || isWhole(finding.crash()));
    }

    private static boolean isWhole(CrashState state) {
        return present(
                        state.id(),
                        state.failurePoint(),
                        state.verdict(),
                        state.output(),
                        state.reproduce(),
                        state.markers(),
                        state.stores(),
                        state.lines())
                && state.stores().stream().allMatch(JsonReport::isWhole)
                && state.lines().stream()
                        .allMatch(line ->
                                line != null && present(line.path(), line.persistent(), line.crashed(), line.memory()));
    }

    private static boolean isWhole(CrashState.Store store) {
        return store != null
                && present(store.fate(), store.location(), store.stack(), store.path(), store.before(), store.after())
                && store.stack().stream().allMatch(Objects::nonNull);
    }

    private static boolean isWhole(Report.Exploration exploration) {
        return present(
                        exploration.engine(),
                        exploration.failure(),
                        exploration.check(),
                        exploration.states(),
                        exploration.coverage(),
                        exploration.notCovered())
                && STATES.matcher(exploration.states()).matches();
    }

    private static boolean present(Object... members) {
        return Stream.of(members).allMatch(Objects::nonNull);
    }

    /** {@code class} is a keyword, so the record component has another name. */
    @JsonPropertyOrder({"class", "method", "file", "line"})
    private interface LocationNames {
        @JsonProperty("class")
        String className();
    }

    private interface SummaryMembers {
        @JsonInclude(JsonInclude.Include.NON_NULL)
        Report.Audit audit();
    }

    private interface AuditMembers {
        @JsonIgnore
        boolean isComplete();
    }

    private interface SeverityNames {
        @JsonValue
        String id();
    }

    /** A check that explored no crash states says nothing of them. */
    private interface ReportMembers {
        @JsonInclude(JsonInclude.Include.NON_NULL)
        Report.Exploration exploration();

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Finding> suppressed();

        @JsonInclude(JsonInclude.Include.NON_NULL)
        Report.Gate gate();

        @JsonInclude(JsonInclude.Include.NON_NULL)
        Flight flight();
    }

    private interface FindingMembers {
        @JsonInclude(JsonInclude.Include.NON_NULL)
        CrashState crash();

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Finding.Step> timeline();

        @JsonInclude(JsonInclude.Include.NON_NULL)
        Finding.Suppression suppression();
    }

    private interface SegmentMembers {
        @JsonInclude(JsonInclude.Include.NON_NULL)
        Report.SegmentMap map();
    }
}
