package io.pmemcheckj.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.findings.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** What Maven's own report reads from the file, and what any XML parser does. */
class JUnitReportTest {

    static Stream<Report> reports() {
        return Stream.of(
                Reports.three(),
                Reports.crash(),
                Reports.gated(),
                Reports.hostile(),
                Reports.empty(),
                Reports.many(500));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void countsAreThoseOfTheTests(Report report) throws Exception {
        List<ReportTestCase> tests = read(report, Severity.ERROR);
        Element root = parse(report);
        assertEquals(tests.size(), Integer.parseInt(root.getAttribute("tests")));
        assertEquals(count(tests, ReportTestCase::hasFailure), Integer.parseInt(root.getAttribute("failures")));
        assertEquals(count(tests, ReportTestCase::hasError), Integer.parseInt(root.getAttribute("errors")));
        assertEquals(count(tests, ReportTestCase::hasSkipped), Integer.parseInt(root.getAttribute("skipped")));
        assertEquals(
                tests.size(),
                tests.stream().map(ReportTestCase::getFullName).distinct().count());
    }

    @Test
    void anErrorIsAFailedTestOfItsClass() throws Exception {
        ReportTestCase test = read(Reports.three(), Severity.ERROR).get(0);
        assertEquals("com.example.store.Log", test.getFullClassName());
        assertEquals("unflushed-store append:42", test.getName());
        assertTrue(test.hasFailure());
        assertEquals("unflushed-store", test.getFailureType());
        assertEquals(
                "error: 8 bytes stored here were not flushed when the segment was unmapped", test.getFailureMessage());
        assertTrue(test.getFailureDetail().contains("fix: call force(128, 8)"), test.getFailureDetail());
        assertTrue(test.getFailureDetail().contains("at com.example.store.Log.run(Log.java:70)"));
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotFailTheCheckFailsNoTest(Severity threshold) throws Exception {
        List<ReportTestCase> tests = read(Reports.three(), threshold);
        assertEquals(threshold.ordinal() + 1, count(tests, ReportTestCase::hasFailure));
        assertEquals(2 - threshold.ordinal(), count(tests, ReportTestCase::hasSkipped));
    }

    @Test
    void neverMeansNever() throws Exception {
        List<ReportTestCase> tests = read(Reports.three(), null);
        assertEquals(0, count(tests, ReportTestCase::hasFailure));
        assertEquals(3, count(tests, ReportTestCase::hasSkipped));
    }

    @Test
    void whereNothingIsFoundOneTestHasPassed() throws Exception {
        List<ReportTestCase> tests = read(Reports.empty(), Severity.ERROR);
        assertEquals(1, tests.size());
        assertTrue(tests.get(0).isSuccessful());
    }

    @Test
    void anUntrustedCheckIsAnError() throws Exception {
        List<ReportTestCase> tests = read(Reports.hostile(), null);
        assertEquals(1, count(tests, ReportTestCase::hasError));
        assertTrue(tests.get(0).hasError());
        assertTrue(tests.get(0).getFailureMessage().contains("</script>"));
    }

    @Test
    void findingsOfTheSamePlaceAreTestsOfTheirOwn() throws Exception {
        Finding finding = Reports.finding("unflushed-store", Severity.ERROR, Reports.at("append", 42));
        List<ReportTestCase> tests = read(Reports.report(Collections.nCopies(3, finding)), Severity.ERROR);
        assertEquals(
                List.of("unflushed-store append:42", "unflushed-store append:42 (2)", "unflushed-store append:42 (3)"),
                tests.stream().map(ReportTestCase::getName).toList());
    }

    @Test
    void whatXmlCannotHoldIsWrittenOut() {
        assertEquals("a\\u0000\\ufffe\\ud800\n😀\\udc00", XmlText.of("a\0\ufffe\ud800\n😀\udc00"));
    }

    private static int count(List<ReportTestCase> tests, Predicate<ReportTestCase> what) {
        return (int) tests.stream().filter(what).count();
    }

    private static byte[] written(Report report, Severity threshold) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new JUnitReport(threshold).write(report, Sources.NONE, out);
        return out.toByteArray();
    }

    /** The parser makes a suite of each class. */
    private static List<ReportTestCase> read(Report report, Severity threshold) throws Exception {
        InputStreamReader in =
                new InputStreamReader(new ByteArrayInputStream(written(report, threshold)), StandardCharsets.UTF_8);
        return new TestSuiteXmlParser(new NullConsoleLogger())
                .parse(in).stream()
                        .flatMap(suite -> suite.getTestCases().stream())
                        .toList();
    }

    private static Element parse(Report report) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(written(report, Severity.ERROR)))
                .getDocumentElement();
    }
}
