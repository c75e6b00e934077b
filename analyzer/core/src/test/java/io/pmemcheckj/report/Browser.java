package io.pmemcheckj.report;

import io.pmemcheckj.findings.Report;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The browser of this machine, which reaches no network. */
final class Browser implements AutoCloseable {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final ChromeDriver driver;
    private final Path folder;

    private Browser(ChromeDriver driver, Path folder) {
        this.driver = driver;
        this.folder = folder;
    }

    /**
     * Starts it; where none is installed the test is skipped.
     *
     * @param folder for pages
     */
    static Browser start(Path folder) {
        Optional<File> browser =
                BROWSERS.stream().flatMap(name -> onPath(name).stream()).findFirst();
        Optional<File> driver = onPath("chromedriver");
        Assumptions.assumeTrue(
                browser.isPresent() && driver.isPresent(),
                "needs chromium and chromedriver (chromium-driver) in the PATH");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.get());
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // which root cannot have
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
                "--window-size=1280,900");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable("browser", Level.ALL);
        logs.enable("performance", Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        // Both named, so that Selenium looks for neither.
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.get())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options), folder);
    }

    private static Optional<File> onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(part -> new File(part, name))
                .filter(File::canExecute)
                .findFirst();
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Opens the page of a report, in the colours of a light system. */
    void open(Report report) throws IOException {
        open(report, "");
    }

    /** @param hash what the address has at its end */
    void open(Report report, String hash) throws IOException {
        Path page = Files.createTempFile(folder, "report", ".html");
        try (OutputStream out = Files.newOutputStream(page)) {
            new HtmlReport().write(report, WritePages::source, out);
        }
        media("", "light");
        problems(); // of pages before
        driver.get(page.toUri() + hash);
    }

    /** @param type screen, print, or empty for the real one */
    void media(String type, String colours) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("media", type, "features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    /** Messages of the console, and requests for anything but the page. */
    List<String> problems() {
        Stream<String> console = StreamSupport.stream(
                        driver.manage().logs().get("browser").spliterator(), false)
                .map(LogEntry::toString);
        Stream<String> requests = StreamSupport.stream(
                        driver.manage().logs().get("performance").spliterator(), false)
                .map(entry -> MAPPER.readTree(entry.getMessage()).path("message"))
                .filter(message -> message.path("method").asString("").equals("Network.requestWillBeSent"))
                .map(message -> message.path("params").path("request"))
                .map((JsonNode request) -> request.path("url").asString(""))
                .filter(url -> !url.startsWith("file:" + folder.toUri().getRawPath())
                        && !url.startsWith("file://" + folder)
                        && !url.startsWith("data:"));
        return Stream.concat(console, requests).toList();
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** Those that a reader sees. */
    @SuppressWarnings("unchecked")
    List<WebElement> visible(String selector) {
        return (List<WebElement>) driver.executeScript(
                "return [...document.querySelectorAll(arguments[0])].filter((found) => found.checkVisibility())",
                selector);
    }

    /** The value of a script's expression. */
    Object value(String expression) {
        return driver.executeScript("return " + expression);
    }

    long number(String expression) {
        return ((Number) value(expression)).longValue();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
