package io.pmemcheckj.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

    @Test
    void shiftedLinesKeepTheFingerprint() {
        String before = Fingerprint.of("unflushed-store", at("a.Log", "append", 10), at("a.Log", "close", 20));
        String after = Fingerprint.of("unflushed-store", at("a.Log", "append", 14), at("a.Log", "close", 24));
        assertEquals(before, after);
        assertTrue(before.matches("[0-9a-f]{16}"), before);
    }

    @Test
    void ruleMethodClassAndRelatedPlacesCount() {
        String one = Fingerprint.of("unflushed-store", at("a.Log", "append", 10));
        assertNotEquals(one, Fingerprint.of("unfenced-flush", at("a.Log", "append", 10)));
        assertNotEquals(one, Fingerprint.of("unflushed-store", at("a.Log", "appendAll", 10)));
        assertNotEquals(one, Fingerprint.of("unflushed-store", at("a.Log$Entry", "append", 10)));
        assertNotEquals(one, Fingerprint.of("unflushed-store", at("a.Log", "append", 10), at("a.Log", "append", 10)));
    }

    @ParameterizedTest
    @CsvSource({
        "a.Log, lambda$append$0, a.Log, lambda$append$12",
        "a.Log$1, run, a.Log$2, run",
        "a.Log$$Lambda/0x00007f3a1c000a00, run, a.Log$$Lambda/0x00007f3a1c0b1180, run",
        "a.Log$$Lambda$14, run, a.Log$$Lambda$201, run",
        "jdk.proxy2.$Proxy7, put, jdk.proxy2.$Proxy31, put",
    })
    void numbersThatCompilerOrJvmAssignDoNotCount(String class1, String method1, String class2, String method2) {
        assertEquals(
                Fingerprint.of("unflushed-store", at(class1, method1, 1)),
                Fingerprint.of("unflushed-store", at(class2, method2, 1)));
    }

    @Test
    void numbersInNamesOfThePeopleCount() {
        assertNotEquals(
                Fingerprint.of("unflushed-store", at("a.Level1", "put2", 1)),
                Fingerprint.of("unflushed-store", at("a.Level2", "put2", 1)));
    }

    @Test
    void anUnknownPlaceHasAFingerprintToo() {
        assertEquals(
                Fingerprint.of("unflushed-store", Location.UNKNOWN),
                Fingerprint.of("unflushed-store", new Location(null, null, null, 0)));
    }

    @Test
    void findingsThatLookAlikeAreRankedBySourceOrderNotByTheOrderOfTheRun() {
        List<Finding> run1 = Fingerprint.assign(List.of(finding(30), finding(10), finding(20)));
        List<Finding> run2 = Fingerprint.assign(List.of(finding(10), finding(20), finding(30)));
        String base = Fingerprint.of("unflushed-store", at("a.Log", "append", 0));
        assertEquals(
                List.of(base + "-3", base, base + "-2"),
                run1.stream().map(Finding::fingerprint).toList());
        assertEquals(
                List.of(base, base + "-2", base + "-3"),
                run2.stream().map(Finding::fingerprint).toList());
        assertEquals(10, run1.get(1).location().line(), "the order of the findings stays");
    }

    private static Finding finding(int line) {
        Location location = at("a.Log", "append", line);
        return new Finding(
                "",
                "unflushed-store",
                Severity.ERROR,
                "",
                "",
                1,
                8,
                location,
                List.of(),
                false,
                null,
                "main",
                List.of());
    }

    private static Location at(String className, String method, int line) {
        return new Location(className, method, "Log.java", line);
    }
}
