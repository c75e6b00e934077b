package io.pmemcheckj.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.findings.RuleCatalogue;
import io.pmemcheckj.findings.RuleInfo;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleTextTest {
    private static final RuleCatalogue CATALOGUE = RuleCatalogue.load();

    static Stream<RuleInfo> rules() {
        return CATALOGUE.rules().stream();
    }

    @Test
    void aRuleIsExplainedInFiveSections() {
        assertEquals("""
                redundant-fence (note)
                A fence had nothing to order

                What it finds
                  A thread executed a fence although it had started no write-back since its previous fence.

                Why it matters
                  A fence waits until everything before it has left the core's buffers. With nothing to wait for
                  it still stops later stores from overlapping with earlier ones. It is cheap once and dear in
                  an inner loop, and it often shows that the flush before it was lost in an edit.

                How to fix it
                  Check that the flush this fence was meant for is there. If it is and has a fence of its own
                  (`pmem_persist`, `force` on a SYNC mapping), remove this one. Flush all ranges of a unit first
                  and fence once at its end.

                Buggy
                    pmem_persist(entry, 64);      // flushes and fences
                    pmem_drain();

                Fixed
                    pmem_persist(entry, 64);
                """, RuleText.of(CATALOGUE.rule("redundant-fence")));
    }

    @Test
    void aRuleThatDoesNotRunByDefaultSaysWhy() {
        assertTrue(RuleText.of(CATALOGUE.rule("overwritten-store")).contains("This rule is off by default.\n"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void noLineIsWiderThanATerminal(RuleInfo rule) {
        RuleText.of(rule).lines().forEach(line -> assertTrue(line.length() <= 100, line));
    }

    @Test
    void theTableHasALineForEveryRule() {
        List<String> lines = RuleText.table(CATALOGUE).lines().toList();
        assertEquals(
                List.copyOf(CATALOGUE.ids()),
                lines.stream().map(line -> line.split(" ")[0]).toList());
        assertEquals("unflushed-store            error    A store is never written back", lines.get(0));
        String last = lines.get(lines.size() - 1);
        assertTrue(last.endsWith(" [off by default]"), last);
    }
}
