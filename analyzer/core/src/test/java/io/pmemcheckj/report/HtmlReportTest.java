package io.pmemcheckj.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.findings.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HtmlReportTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    @Test
    void thePageCarriesTheFindingsByRuleWithTheTextsOfTheCatalogue() throws Exception {
        JsonNode data = data(page(Reports.three()));
        assertEquals(3, data.get("groups").size());
        JsonNode worst = data.get("groups").get(0);
        assertEquals("unflushed-store", worst.get("rule").asString());
        assertEquals(
                "A store is never written back", worst.get("info").get("title").asString());
        assertEquals(
                42, worst.get("findings").get(0).get("location").get("line").asInt());
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
        JsonNode evil = data(page).get("groups").get(0).get("findings").get(0);
        assertEquals(Reports.HOSTILE.replace('\ud800', '?'), evil.get("message").asString());
    }

    @Test
    void aRuleOfAnotherVersionIsShownWithoutTexts() throws Exception {
        JsonNode last = data(page(Reports.hostile())).get("groups").get(3);
        assertEquals("rule-of-tomorrow", last.get("rule").asString());
        assertTrue(last.get("info").isNull());
    }

    @Test
    void aCrashStateIsInThePageAsItIs() throws Exception {
        JsonNode finding =
                data(page(Reports.crash())).get("groups").get(0).get("findings").get(0);
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
        String page = page(Reports.crash());
        assertFalse(Pattern.compile("(src|href)=|@import|url\\(|https?://|fetch\\(|XMLHttpRequest")
                .matcher(page)
                .find());
        assertFalse(page.contains("innerHTML"), "texts become text nodes only");
    }

    @Test
    void thousandsOfFindingsStaySmallInThePage() throws Exception {
        String page = page(Reports.many(5_000));
        int findings = 0;
        for (JsonNode group : data(page).get("groups")) {
            findings += group.get("findings").size();
        }
        assertEquals(5_000, findings);
        assertTrue(page.length() < 10_000_000, "page of " + page.length() + " characters");
    }

    private static JsonNode data(String page) {
        Matcher data = DATA.matcher(page);
        assertTrue(data.find(), "the page has no data element");
        return new JsonMapper().readTree(data.group(1));
    }

    private static String page(Report report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new HtmlReport().write(report, Sources.NONE, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
