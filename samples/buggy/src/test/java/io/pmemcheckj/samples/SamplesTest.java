package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What must hold for the sources themselves, before any of them runs. */
class SamplesTest {
    private static final Set<String> RULES = Set.of(
            "unflushed-store",
            "unfenced-flush",
            "failed-flush",
            "redundant-flush",
            "oversized-flush",
            "redundant-fence",
            "overwritten-store",
            "store-outside-transaction",
            "unlogged-store",
            "unpersisted-at-commit",
            "unfinished-transaction",
            "overlapping-transactions",
            "redundant-logging",
            "unordered-store",
            "torn-store",
            "suspicious-order",
            "unpersisted-read",
            "unsynced-metadata",
            "volatile-pointer",
            "inconsistent-crash-state");

    @Test
    void everyRuleHasASample() throws Exception {
        Set<String> shown = new TreeSet<>();
        for (Samples.Sample sample : Samples.all()) {
            sample.expectations().marks().forEach(mark -> shown.add(mark.rule()));
        }

        assertEquals(new TreeSet<>(RULES), shown);
    }

    @Test
    void buggyPromisesFindingsAndFixedNone() throws Exception {
        for (Samples.Sample sample : Samples.all()) {
            assertEquals(sample.buggy(), !sample.expectations().marks().isEmpty(), sample.toString());
        }
    }

    @Test
    void buggyAndFixedStandSideBySideAndRunWithTheSameOptions() throws Exception {
        Set<String> names = Samples.all().stream().map(Samples.Sample::name).collect(Collectors.toSet());
        assertFalse(names.isEmpty());
        for (String name : names) {
            Set<Object> options = new TreeSet<>();
            int variants = 0;
            for (Samples.Sample sample : Samples.all()) {
                if (sample.name().equals(name)) {
                    variants++;
                    options.add(sample.expectations().options().toString());
                }
            }
            assertEquals(2, variants, name);
            assertTrue(options.size() == 1, name + " has different options: " + options);
        }
    }
}
