package io.pmemcheckj.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.findings.Report;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.print.PrintOptions;

/** The page in a real browser, as a reader uses it. */
class ReportPageTest {
    @TempDir
    private static Path folder;

    private static Browser browser;
    private static String accessibility;

    @BeforeAll
    static void startBrowser() throws Exception {
        browser = Browser.start(folder);
        try (InputStream in = ReportPageTest.class.getResourceAsStream("/axe.min.js")) {
            accessibility = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void theConsoleIsEmptyAndNothingWasFetched() {
        assertEquals(List.of(), browser.problems());
    }

    @Test
    void aFewFindingsAreOpenFromTheStart() throws Exception {
        browser.open(Reports.gallery(3));
        assertEquals(3, browser.visible(".finding[open]").size());
        assertEquals("3 findings", browser.find("#shown").getText());
        String first = browser.find(".finding .body").getText();
        assertTrue(first.contains("buffer.putLong(at + 10, value); // line 10"), first);
        assertTrue(first.contains("fenced by another thread"), first);
        assertTrue(first.contains("completes its own flushes only"), first);
        assertTrue(first.contains("Why it matters"), first);
        assertEquals(
                "Map of /mnt/pmem/log.dat, 1.0 MiB: 65,536 bytes stored, 72 not persistent, in bytes 32,768 to 49,151,"
                        + " bytes 491,520 to 499,711; this finding is at offset 4,096.",
                browser.find(".finding .map").getAttribute("aria-label"));
    }

    @Test
    void thousandsAreMadeWhenTheyAreLookedAt() throws Exception {
        browser.open(Reports.gallery(5_000));
        assertTrue(browser.number("document.querySelectorAll('*').length") < 1_500, "groups alone");
        click("#findings .group > summary");
        await(() -> browser.visible("#findings .finding").size() == 50);
        click("#findings .group .more");
        assertEquals(100, browser.visible("#findings .finding").size());
        click("#findings .finding > summary");
        await(() -> !browser.visible("#findings .finding .body").isEmpty());
    }

    @Test
    void aSearchLooksEverywhereAndKeepsWhatIsOpen() throws Exception {
        browser.open(Reports.gallery(5_000));
        search("method7 worker-2");
        String shown = browser.find("#shown").getText();
        assertTrue(shown.matches("[1-9][0-9,]* of 5,000 findings"), shown);
        search("ComponentQ.java:234)");
        assertEquals("1 of 5,000 findings", browser.find("#shown").getText());
        assertEquals(
                1,
                browser.visible("#findings .finding .body, #costs .finding .body")
                        .size(),
                "the only one is open");
        search("nothing of this name");
        assertEquals("0 of 5,000 findings", browser.find("#shown").getText());
        assertTrue(browser.find("#findings").getText().contains("None passes the filter"));
        browser.find("#reset").click();
        assertEquals("5,000 findings", browser.find("#shown").getText());
    }

    @Test
    void findingsAreFilteredBySeverityRuleFileAndThread() throws Exception {
        browser.open(Reports.gallery(40));
        browser.find("#severities [data-severity=note]").click();
        assertEquals("false", browser.find("#severities [data-severity=note]").getAttribute("aria-pressed"));
        assertTrue(browser.visible("#costs .note").isEmpty());
        browser.find("#reset").click();
        select("#rule-filter select", "torn-store");
        assertEquals(1, browser.visible("#findings .group").size());
        browser.find("#reset").click();
        assertEquals("40 findings", browser.find("#shown").getText());
        select("#thread-filter select", "worker-3");
        assertEquals("8 of 40 findings", browser.find("#shown").getText());
        select("#segment-filter select", "/var/lib/app/index.dat");
        assertEquals("4 of 40 findings", browser.find("#shown").getText());
    }

    @Test
    void aRuleOfTheSummaryIsAFilter() throws Exception {
        browser.open(Reports.gallery(40));
        browser.find("#rules button").click();
        assertEquals("unflushed-store", browser.find("#rule-filter select").getAttribute("value"));
        assertEquals("3 of 40 findings", browser.find("#shown").getText());
    }

    @Test
    void findingsAreGroupedByCode() throws Exception {
        browser.open(Reports.gallery(40));
        select("#grouping", "code");
        List<String> packages = browser.visible("#findings > .group > summary .name").stream()
                .map(WebElement::getText)
                .toList();
        assertEquals(List.of("com.example.store", "com.example.storage.engine"), packages);
        browser.find("#findings > .group > summary").click();
        await(() -> !browser.visible("#findings > .group > .group").isEmpty());
        browser.find("#findings > .group > .group > summary").click();
        await(() -> !browser.visible("#findings .finding").isEmpty());
        String finding = browser.visible("#findings .finding > summary").get(0).getText();
        assertTrue(finding.contains("error") && finding.contains("unflushed-store"), finding);
    }

    @Test
    void costsStandApartWithTheirShare() throws Exception {
        browser.open(Reports.gallery(3));
        assertEquals(
                "redundant-flush: 0.1 % of all flushes (3 of 2,048 flushes), from 1 place",
                browser.find("#shares li").getText());
        assertTrue(browser.visible("#findings .finding").stream()
                .noneMatch(finding -> finding.getText().contains("redundant-flush")));
    }

    @Test
    void whatDoesNotCountIsClosedAndSaysWhy() throws Exception {
        browser.open(Reports.gallery(40));
        String section = browser.find("#suppressed-section").getText();
        assertTrue(section.contains("suppressions.yaml:9 torn-store"), section);
        assertTrue(section.contains("suppressions.yaml:14 untraced-write"), section);
        assertFalse(section.contains("CRC"), section);
        browser.find("#suppressed-section summary").click();
        await(() -> browser.find("#suppressed-section")
                .getText()
                .contains("checked by a CRC on recovery (until 2027-06-30)"));
        assertTrue(browser.find("#suppressed-section").getText().contains("unfenced-flush, in the baseline"));
    }

    @Test
    void aSuppressionIsCopied() throws Exception {
        browser.open(Reports.gallery(3));
        browser.driver()
                .executeCdpCommand(
                        "Browser.grantPermissions",
                        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        browser.visible(".finding .drawer > summary").stream()
                .filter(summary -> summary.getText().equals("Suppress it"))
                .findFirst()
                .orElseThrow()
                .click();
        await(() -> !browser.visible(".finding .copy").isEmpty());
        WebElement copy = browser.visible(".finding .copy").get(0);
        copy.click();
        await(() -> browser.visible(".copying").get(0).getText().contains("copied"));
        assertEquals(
                """
                suppressions:
                - rule: unflushed-store
                  class: com.example.store.ComponentA
                  method: method0
                  reason: "write why here"
                """,
                browser.driver()
                        .executeAsyncScript(
                                "navigator.clipboard.readText().then(arguments[0], (e) => arguments[0](String(e)))"));
    }

    @Test
    void theKeyboardSuffices() throws Exception {
        browser.open(Reports.gallery(40));
        type("/");
        assertEquals("search", focused());
        type("worker-1");
        await(() -> browser.find("#shown").getText().equals("8 of 40 findings"));
        type(Keys.ESCAPE);
        assertEquals("40 findings", browser.find("#shown").getText());
        type(Keys.ARROW_DOWN);
        type(Keys.ARROW_RIGHT);
        await(() -> browser.visible("#findings .finding").size() == 3);
        type(Keys.ARROW_DOWN);
        type(Keys.ARROW_RIGHT);
        await(() -> browser.visible("#findings .finding .body").size() == 1);
        type(Keys.ARROW_LEFT);
        await(() -> browser.visible("#findings .finding .body").isEmpty());
        type(Keys.ARROW_LEFT);
        type(Keys.ARROW_LEFT);
        await(() -> browser.visible("#findings .finding").isEmpty());
    }

    @Test
    void theAddressOpensAFinding() throws Exception {
        Report report = Reports.gallery(5_000);
        String fingerprint = report.findings().get(3_000).fingerprint();
        browser.open(report, "#finding-" + fingerprint);
        assertEquals(1, browser.visible(".finding[open]").size());
        assertTrue(browser.find(".finding .body").getText().contains(fingerprint));
    }

    @Test
    void coloursAreThoseOfTheSystemUnlessTheReaderChooses() throws Exception {
        browser.open(Reports.gallery(3));
        String light = colourOfPage();
        browser.media("", "dark");
        String dark = colourOfPage();
        assertFalse(light.equals(dark), light);
        select("#theme", "light");
        assertEquals(light, colourOfPage());
        browser.media("", "light");
        select("#theme", "dark");
        assertEquals(dark, colourOfPage());
        browser.driver().navigate().refresh();
        assertEquals(dark, colourOfPage(), "chosen for good");
        select("#theme", "as the system");
    }

    @Test
    void onPaperFindingsAreOpenAndToolsAreNot() throws Exception {
        browser.open(Reports.gallery(31));
        assertTrue(browser.visible(".finding .body").isEmpty());
        browser.driver().executeScript("window.dispatchEvent(new Event('beforeprint'))");
        browser.media("print", "dark");
        assertEquals(
                31,
                browser.visible("#findings .finding .body, #costs .finding .body")
                        .size());
        assertTrue(browser.visible("#tools, .theme, .more, .copy, .drawers").isEmpty());
        assertEquals("light", browser.value("getComputedStyle(document.documentElement).colorScheme"), "for paper");
        browser.media("", "light");
        browser.driver().executeScript("window.dispatchEvent(new Event('afterprint'))");
        assertTrue(browser.visible(".finding .body").isEmpty());
        assertTrue(browser.driver().print(new PrintOptions()).getContent().startsWith("JVBERi"), "a PDF");
    }

    @Test
    void aCrashStateIsShown() throws Exception {
        browser.open(Reports.crash(2, 512));
        String body = browser.find(".finding .body").getText();
        assertTrue(body.contains("exit code 1") && body.contains("survived"), body);
        assertTrue(browser.find("#exploration").getText().contains("12 of 4,096 states"));
    }

    @Test
    void whatRanBesideIsShown() throws Exception {
        browser.open(Reports.flown());
        assertEquals(
                "Time axis from 1.00 s to 5.00 s after the start of the JVM: up to 2.0 KiB not persistent, 64 bytes at the"
                        + " end; up to 40 flushes a second; 2 slow flushes, the longest 90.0 ms at 2.00 s; 1 GC pause, the"
                        + " longest 67.1 ms at 2.01 s.",
                browser.find(".axis").getAttribute("aria-label"));
        String section = browser.find("#flight").getText();
        assertTrue(section.contains("it begins 3.5 s after the JVM"), section);
        assertTrue(section.contains("2 of 128 lines dirty, thread worker-0"), section);
        assertTrue(section.contains("GC pause 67.1 ms at 2.01 s G1Full, System.gc()"), section);
        assertTrue(section.contains("and 3 more"), section);
        List<WebElement> moments = browser.visible(".finding .moment");
        String met = moments.get(0).getText();
        assertTrue(met.contains("Met between 1.50 s and 2.50 s, by thread worker-0"), met);
        assertTrue(met.contains("monitor enter 5.0 ms at 2.08 s a.Lock, held by x"), met);
        assertTrue(met.contains("Slow flushes at its places: 90.0 ms at 2.00 s"), met);
        assertTrue(
                moments.get(1).getText().contains("no moment"), moments.get(1).getText());
    }

    @Test
    void textOfTheProgramIsNeverMarkup() throws Exception {
        browser.open(Reports.hostile());
        browser.find("#search").sendKeys("rule");
        browser.driver().executeScript("document.querySelectorAll('summary').forEach((summary) => summary.click())");
        assertEquals(
                0, browser.number("document.querySelectorAll('body script:not(#data):not(:last-of-type)').length"));
        assertTrue(browser.find("#command").getText().contains("\\u202egnp.exe"), "told as an escape");
    }

    @Test
    void noFindingsAtAllIsAPageToo() throws Exception {
        browser.open(Reports.empty());
        assertTrue(browser.visible("#tools, #findings-section, #costs-section, #suppressed-section")
                .isEmpty());
        assertTrue(browser.find("#completeness").getText().contains("The trace is whole"));
    }

    /** Rules of WCAG 2.2 A and AA that a program can check: contrast, names, roles, landmarks, headings. */
    @ParameterizedTest
    @CsvSource({"light, 3", "dark, 3", "light, 40", "dark, 0", "light, -1", "dark, -1"})
    void thePageIsAccessible(String colours, int findings) throws Exception {
        browser.open(findings < 0 ? Reports.flown() : findings == 0 ? Reports.crash() : Reports.gallery(findings));
        browser.driver()
                .executeScript(
                        "document.querySelectorAll('.drawer, #suppressed-section details').forEach((box) => { box.open = true; })");
        browser.media("", colours);
        browser.driver().executeScript(accessibility);
        Object found = browser.driver().executeAsyncScript("""
                        const done = arguments[0];
                        axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(
                          (result) => done(result.violations.map((violation) => violation.id + ': ' + violation.nodes.slice(0, 3)
                            .map((node) => node.target + ' ' + (node.any[0] || node.all[0] || {message: ''}).message).join('; '))),
                          (error) => done([String(error)]))
                        """);
        assertEquals(List.of(), found);
    }

    @ParameterizedTest
    @CsvSource({"400, 3", "400, 40", "1000, 40", "1600, 3", "400, -1"})
    void nothingIsWiderThanThePage(int width, int findings) throws Exception {
        browser.driver()
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        try {
            browser.open(findings < 0 ? Reports.flown() : Reports.gallery(findings));
            assertTrue(browser.number("document.documentElement.scrollWidth") <= width);
        } finally {
            browser.driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    private static void search(String text) {
        WebElement input = browser.find("#search");
        input.clear();
        String before = String.valueOf(browser.value("document.querySelector('#findings').textContent"));
        input.sendKeys(text);
        await(() -> !before.equals(browser.value("document.querySelector('#findings').textContent")));
    }

    private static void click(String selector) {
        WebElement found = browser.find(selector);
        browser.driver().executeScript("arguments[0].scrollIntoView({block: 'center'})", found); // not below the tools
        found.click();
    }

    private static void select(String selector, String text) {
        browser.find(selector).findElement(By.xpath("option[.='" + text + "']")).click();
    }

    private static void type(CharSequence keys) {
        browser.driver().switchTo().activeElement().sendKeys(keys);
    }

    private static String focused() {
        return browser.driver().switchTo().activeElement().getAttribute("id");
    }

    private static String colourOfPage() {
        return (String) browser.value("getComputedStyle(document.body).backgroundColor");
    }

    /** What a page does a little later, as a search does. */
    private static void await(BooleanSupplier condition) {
        for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
            pause();
        }
        assertTrue(
                condition.getAsBoolean(),
                "did not happen; the page says " + browser.find("#shown").getText());
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(25).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
