package io.pmemcheckj.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.findings.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HtmlReportTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    @Test
    void thePageCarriesTheFindingsTheWorstFirstWithTheTextsOfTheCatalogue() throws Exception {
        JsonNode data = data(page(Reports.three()));
        JsonNode worst = data.get("findings").get(0);
        assertEquals("unflushed-store", worst.get("rule").asString());
        JsonNode info = data.get("rules").get("unflushed-store");
        assertEquals("A store is never written back", info.get("title").asString());
        assertFalse(info.get("cost").asBoolean());
        assertTrue(data.get("rules").get("redundant-flush").get("cost").asBoolean());
        JsonNode place = data.get("places").get(worst.get("location").asInt());
        assertEquals(42, place.get("line").asInt());
    }

    @Test
    void aPlaceTravelsOnce() throws Exception {
        JsonNode data = data(page(Reports.three()));
        assertEquals(
                6, data.get("places").size(), "three lines of findings, and the three that all of their stacks have");
    }

    @Test
    void linesAroundAPlaceTravelWhereTheSourceIsKnown() throws Exception {
        List<String> lines =
                IntStream.rangeClosed(1, 60).mapToObj(i -> "line " + i).toList();
        JsonNode data = data(page(
                Reports.three(),
                location -> Optional.of(new Sources.SourceFile("src/" + location.file(), true, lines))));
        assertEquals(1, data.get("files").size());
        JsonNode file = data.get("files").get(0);
        assertEquals("src/Log.java", file.get("path").asString());
        assertEquals(
                List.of("39", "40", "41", "42", "43", "44", "45", "54", "55", "56", "57", "58", "59", "60"),
                List.copyOf(file.get("lines").propertyNames()),
                "of lines 42 and 57; 63 and 99 are not in the file");
        assertEquals("line 42", file.get("lines").get("42").asString());
    }

    @Test
    void theVerdictStandsInThePageItself() throws Exception {
        String page = page(Reports.three());
        String verdict = "1 error, 1 warning, 1 note: data can be lost or left inconsistent by a crash";
        assertTrue(page.contains("<h1>" + verdict + "</h1>"));
        assertTrue(page.contains("<header class=\"error\">"));
    }

    @Test
    void noTextOfTheProgramCanLeaveTheDataElement() throws Exception {
        String page = page(Reports.hostile());
        assertEquals(2, page.split("</script>", -1).length - 1, "one data element and one script");
        JsonNode evil = data(page).get("findings").get(0);
        assertEquals(Reports.HOSTILE.replace('\ud800', '?'), evil.get("message").asString());
    }

    @Test
    void aRuleOfAnotherVersionIsShownWithoutTexts() throws Exception {
        JsonNode data = data(page(Reports.hostile()));
        assertEquals("rule-of-tomorrow", data.get("findings").get(3).get("rule").asString());
        assertFalse(data.get("rules").has("rule-of-tomorrow"));
    }

    @Test
    void aCrashStateIsInThePageAsItIs() throws Exception {
        JsonNode finding = data(page(Reports.crash())).get("findings").get(0);
        assertEquals("exit code 1", finding.get("crash").get("verdict").asString());
        assertEquals(
                "lost", finding.get("crash").get("stores").get(0).get("fate").asString());
        assertEquals(
                128,
                finding.get("crash")
                        .get("lines")
                        .get(0)
                        .get("memory")
                        .asString()
                        .length());
    }

    @Test
    void howMuchWasExploredIsInThePageInWordsAndNumbers() throws Exception {
        JsonNode exploration = data(page(Reports.crash())).get("exploration");
        assertEquals(
                "12 of 4,096 states; stopped by --max-states",
                exploration.get("coverage").get("sentence").asString());
        assertEquals(12.0 / 4_096, exploration.get("coverage").get("share").asDouble(), 1e-9);
        assertEquals(
                "-7046029254386353131", exploration.get("seed").asString(), "a number of a script would be rounded");
        assertTrue(data(page(Reports.three())).get("exploration").isNull());
    }

    @Test
    void thePageNeedsNothingFromElsewhere() throws Exception {
        String page = page(Reports.crash()).replace("http://www.w3.org/2000/svg", "a name and no address");
        assertFalse(Pattern.compile("(src|href)=|@import|url\\(|https?://|fetch\\(|XMLHttpRequest")
                .matcher(page)
                .find());
        assertFalse(page.contains("innerHTML"), "texts become text nodes only");
    }

    @Test
    void thousandsOfFindingsStaySmallInThePage() throws Exception {
        String page = page(Reports.many(5_000));
        assertEquals(5_000, data(page).get("findings").size());
        assertTrue(page.length() < 6_000_000, "page of " + page.length() + " characters");
    }

    private static JsonNode data(String page) {
        Matcher data = DATA.matcher(page);
        assertTrue(data.find(), "the page has no data element");
        return new JsonMapper().readTree(data.group(1));
    }

    private static String page(Report report) throws IOException {
        return page(report, Sources.NONE);
    }

    private static String page(Report report, Sources sources) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new HtmlReport().write(report, sources, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
