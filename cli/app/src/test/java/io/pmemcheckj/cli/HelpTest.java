package io.pmemcheckj.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

    @Test
    void versionIsThatOfTheBuild() {
        CommandRun run = CommandRun.of("--version");
        assertEquals(0, run.exit());
        assertTrue(run.out().matches("pmemcheck-j \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R"), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "analyze", "crash", "dump", "report", "diff", "explain", "doctor", "watch"})
    void everyCommandHasHelp(String command) {
        CommandRun run = CommandRun.of(command, "--help");
        assertEquals(0, run.exit());
        assertTrue(run.out().contains("pmemcheck-j " + command), run.out());
        assertTrue(CommandRun.of("--help").out().contains("  " + command));
    }

    @Test
    void explainListsAndExplains() {
        CommandRun list = CommandRun.of("explain");
        assertTrue(list.out().contains("unflushed-store            error"), list.out());
        CommandRun rule = CommandRun.of("explain", "unflushed-store");
        assertEquals(0, rule.exit());
        for (String part : new String[] {"What\n", "Why it matters\n", "How to fix\n", "Buggy\n", "Fixed\n"}) {
            assertTrue(rule.out().contains(part), part);
        }
        assertTrue(rule.out().lines().allMatch(line -> line.length() <= 110), rule.out());
    }
}
