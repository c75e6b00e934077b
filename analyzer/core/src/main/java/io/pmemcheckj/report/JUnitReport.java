package io.pmemcheckj.report;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.findings.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The report for build servers that show test results: one test suite in JUnit's XML. A finding that fails the check is a
 * failed test, one that does not is a skipped test, and what makes the check untrusted is an error. Where there is nothing
 * else, one test has passed.
 */
public final class JUnitReport implements ReportFormat {
    private static final String SUITE = "pmemcheck-j";

    private final Severity failOn;

    /** @param failOn from which severity on findings fail the check; null if none does */
    public JUnitReport(Severity failOn) {
        this.failOn = failOn;
    }

    @Override
    public String id() {
        return "junit";
    }

    @Override
    public String fileName() {
        return "report-junit.xml";
    }

    @Override
    public void write(Report report, Sources sources, OutputStream out) throws IOException {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new Suite(xml).write(report, sources);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e.getMessage(), e);
        }
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.append(text.getBuffer()).flush();
    }

    private boolean fails(Finding finding) {
        return failOn != null && finding.severity().compareTo(failOn) <= 0;
    }

    /** What it writes, in the order of the file. */
    private final class Suite {
        private final XMLStreamWriter xml;
        private final Map<String, Integer> names = new HashMap<>();

        Suite(XMLStreamWriter xml) {
            this.xml = xml;
        }

        void write(Report report, Sources sources) throws XMLStreamException {
            List<Finding> findings = RuleGroup.of(report.findings()).stream()
                    .flatMap(group -> group.findings().stream())
                    .toList();
            List<String> problems = report.run().problems();
            boolean broken = !problems.isEmpty() || !report.run().complete();
            boolean nothing = findings.isEmpty() && !broken;
            int errors = broken ? Math.max(1, problems.size()) : 0;
            long failures = findings.stream().filter(JUnitReport.this::fails).count();
            xml.writeStartDocument("UTF-8", "1.0");
            newLine(0);
            xml.writeStartElement("testsuite");
            attribute("name", SUITE);
            attribute("tests", Long.toString(findings.size() + errors + (nothing ? 1 : 0)));
            attribute("failures", Long.toString(failures));
            attribute("errors", Integer.toString(errors));
            attribute("skipped", Long.toString(findings.size() - failures));
            attribute("time", String.format(Locale.ROOT, "%.3f", report.run().durationMs() / 1_000.0));
            if (nothing) {
                test(SUITE, "nothing found");
                xml.writeEndElement();
            }
            if (broken && problems.isEmpty()) {
                problem("the trace is not complete");
            }
            for (String problem : problems) {
                problem(problem);
            }
            for (Finding finding : findings) {
                finding(finding, sources);
            }
            newLine(1);
            xml.writeStartElement("system-out");
            xml.writeCharacters(XmlText.of(Verdict.of(report).sentence()));
            xml.writeEndElement();
            newLine(0);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.writeCharacters("\n");
        }

        private void problem(String problem) throws XMLStreamException {
            test(SUITE, "the check can be trusted");
            newLine(2);
            xml.writeStartElement("error");
            attribute("type", "untrusted");
            attribute("message", problem);
            xml.writeEndElement();
            newLine(1);
            xml.writeEndElement();
        }

        private void finding(Finding finding, Sources sources) throws XMLStreamException {
            String className = finding.location().className();
            String place = className == null
                    ? "unknown"
                    : finding.location().method() + ":" + finding.location().line();
            test(className == null ? SUITE : className, finding.rule() + " " + place);
            newLine(2);
            xml.writeStartElement(fails(finding) ? "failure" : "skipped");
            if (fails(finding)) {
                attribute("type", finding.rule());
            }
            attribute("message", finding.severity().id() + ": " + finding.message());
            xml.writeCharacters(XmlText.of(TextReport.text(finding, sources).stripTrailing()));
            xml.writeEndElement();
            newLine(1);
            xml.writeEndElement();
        }

        /** Tests of one name would be taken for one test that ran twice. */
        private void test(String className, String name) throws XMLStreamException {
            int number = names.merge(className + "\n" + name, 1, Integer::sum);
            newLine(1);
            xml.writeStartElement("testcase");
            attribute("classname", className);
            attribute("name", number == 1 ? name : name + " (" + number + ")");
            attribute("time", "0");
        }

        private void attribute(String name, String value) throws XMLStreamException {
            xml.writeAttribute(name, XmlText.of(Printable.of(value)));
        }

        private void newLine(int depth) throws XMLStreamException {
            xml.writeCharacters("\n" + "  ".repeat(depth));
        }
    }
}
