package io.pmemcheckj.cli.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewTest {
    private static final String LONG_PATH =
            "/mnt/pmem0/a/rather/deep/folder/of/some/application/accounts-2026-11-23.dat";

    private static Collector program() {
        Collector collector = new Collector("process 7");
        for (int second = 1; second <= 100; second++) {
            collector.accept(Told.health(second));
            collector.accept(Told.segment(second, 1, LONG_PATH, 40L * second));
            collector.accept(Told.segment(second, 2, "/data/\033[2Jindex", 0));
            collector.accept(Told.of(
                    Events.TRANSACTION,
                    second,
                    "id",
                    42L,
                    "kind",
                    "named",
                    "openFor",
                    Duration.ofSeconds(second),
                    "rangesLogged",
                    3,
                    "thread",
                    "worker-1",
                    "location",
                    "a.Bank.transfer(Bank.java:31)"));
        }
        for (int place = 1; place <= 9; place++) {
            collector.accept(Told.flush(10 * place, "a.Log.commit" + place + "(Log.java:7)", place == 9 ? -1 : 2));
        }
        collector.accept(Told.of(
                Events.FINDING,
                4,
                "rule",
                "unflushed-store",
                "severity",
                "error",
                "fingerprint",
                "f1",
                "message",
                "24 bytes stored here had not been flushed",
                "location",
                "a.Bank.transfer(Bank.java:33)"));
        return collector;
    }

    @ParameterizedTest
    @CsvSource({"80,22", "80,24", "80,40", "120,40", "200,60"})
    void allIsShownAndFits(int width, int height) {
        List<String> lines = new View(width, height, true).of(program().snapshot());
        String text = String.join("\n", lines);

        assertTrue(lines.size() <= height, text);
        assertTrue(lines.stream().allMatch(line -> line.length() <= width), text);
        assertTrue(lines.stream().noneMatch(line -> line.endsWith(" ")), text);
        assertTrue(lines.stream().noneMatch(line -> line.contains("\033")), "what the program chose is only text");
        for (String part : List.of(
                "process 7",
                "over 1:39",
                "100         10,000  ",
                "1,234,567",
                "97.7 KiB",
                "1,000, 20 % of them dirty; lately 20 %",
                "up to date; ring 5 % full; threads waited 1.5 s",
                "2026-11-23.dat",
                "3.9 KiB of 4.0 KiB stored",
                "▇█",
                "90.0 ms  force 8.0 KiB at 4096, dirty lines unknown",
                "at a.Log.commit9(Log.java:7)",
                "1:40  named 42, 3 ranges, worker-1: a.Bank.transfer(Bank.java:31)",
                "ERROR   unflushed-store  a.Bank.transfer(Bank.java:33)")) {
            assertTrue(text.contains(part), () -> part + " is missing in:\n" + text);
        }
        assertEquals(height < 60, text.contains("Slowest flushes, by place (and "), text);
    }

    @Test
    void whatARecordingDoesNotTellIsUnknown() {
        Collector collector = new Collector("old.jfr");
        collector.accept(Told.of(Events.HEALTH, 1, "stores", 5L));
        collector.accept(Told.of(Events.SEGMENT, 1, "id", 1));
        collector.accept(Told.of(Events.FLUSH, 1));
        collector.accept(Told.of(Events.TRANSACTION, 1));
        collector.accept(Told.of(Events.FINDING, 1));

        String text = String.join("\n", new View(120, 60, true).of(collector.snapshot()));
        assertTrue(text.contains("flushes                 unknown        unknown"), text);
        assertTrue(text.contains("replay          unknown; ring unknown full"), text);
        assertTrue(text.contains("lines flushed   unknown"), text);
        assertTrue(text.contains("Findings: unknown so far"), text);
        assertTrue(!text.contains("null") && !text.contains("NaN"), text);
        assertEquals(List.of(), schemaErrors(JsonLines.of(collector.snapshot())));
        assertTrue(PlainLines.line(collector.snapshot()).contains("unknown flushes/s"));
    }

    @Test
    void jsonIsAsItsSchemaSays() {
        assertEquals(List.of(), schemaErrors(JsonLines.of(program().snapshot())));
        assertEquals(List.of(), schemaErrors(JsonLines.of(new Collector("x").snapshot())));
        assertEquals(1, JsonLines.of(program().snapshot()).lines().count());
        assertTrue(!schemaErrors(JsonLines.of(program().snapshot()).replace("dirtyShare", "share"))
                .isEmpty());
    }

    /** Members that the schema does not name are allowed to readers, not to us. */
    private static List<?> schemaErrors(String json) {
        try (InputStream in = Watch.class.getResourceAsStream("/io/pmemcheckj/rules/schema/watch-1.0.schema.json")) {
            String strict = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\"type\": \"object\",", "\"type\": \"object\", \"additionalProperties\": false,");
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(strict)
                    .validate(json, InputFormat.JSON);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
