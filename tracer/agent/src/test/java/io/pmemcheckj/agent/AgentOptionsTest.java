package io.pmemcheckj.agent;

import static org.junit.jupiter.api.Assertions.*;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentOptionsTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void withoutOptionsTheTraceGetsTheProcessId(String text) throws AgentException {
        AgentOptions options = AgentOptions.parse(text);
        assertNull(options.ring());
        assertEquals(Path.of("pmemcheck-" + ProcessHandle.current().pid() + ".trace"), options.trace());
        assertNull(options.emulatedFolders());
        assertEquals("sampled", options.stacks());
    }

    @Test
    void takesPairs() throws AgentException {
        AgentOptions options = AgentOptions.parse("ring=/tmp/r,stacks=site");
        assertEquals(Path.of("/tmp/r"), options.ring());
        assertNull(options.trace());
        assertEquals("site", options.stacks());
    }

    @Test
    void withoutATraceNoneIsNamed() throws AgentException {
        assertNull(AgentOptions.parse("no-trace").trace());
        for (String contradiction : List.of("no-trace,keep-trace=t", "audit,no-trace")) {
            assertTrue(assertThrows(AgentException.class, () -> AgentOptions.parse(contradiction))
                    .isUsage());
        }
    }

    @Test
    void loadsAreAFlag() throws AgentException {
        assertFalse(AgentOptions.parse("ring=r").loads());
        assertTrue(AgentOptions.parse("loads,ring=r").loads());
        assertTrue(AgentOptions.parse("ring=r,loads=true").loads());
    }

    @Test
    void filesWhoseReadsAreRecordedNeedLoads(@TempDir Path folder) throws Exception {
        AgentOptions options = AgentOptions.parse("ring=r,load-files=" + folder);
        assertEquals(List.of(folder.toRealPath().toString()), options.loadedFolders());
        assertTrue(options.loads());
        assertNull(AgentOptions.parse("ring=r,loads").loadedFolders());
    }

    @Test
    void putsTheProcessIdForPercentP() throws AgentException {
        long pid = ProcessHandle.current().pid();
        assertEquals(
                Path.of("a-" + pid + "-" + pid + ".trace"),
                AgentOptions.parse("keep-trace=a-%p-%p.trace").trace());
    }

    @Test
    void putsTheTimeForPercentT() throws AgentException {
        long before = System.currentTimeMillis();
        String name = AgentOptions.parse("keep-trace=%t").trace().toString();
        assertTrue(Long.parseLong(name) >= before && Long.parseLong(name) <= System.currentTimeMillis(), name);
    }

    @Test
    void aCommaBelongsToTheValueUnlessAnOptionFollows() throws AgentException {
        assertEquals(
                Path.of("a,b,Ring,=c"),
                AgentOptions.parse("keep-trace=a,b,Ring,=c").trace());
        assertEquals(
                Path.of("a,ringing"), AgentOptions.parse("keep-trace=a,ringing").trace());
        assertEquals(Path.of("a,-x=1"), AgentOptions.parse("keep-trace=a,-x=1").trace());
        assertEquals(Path.of("a,"), AgentOptions.parse("keep-trace=a,").trace());
    }

    @Test
    void aFlagMayStandAnywhere(@TempDir Path folder) throws Exception {
        for (String text : List.of("emulate-pmem,ring=r", "ring=r,emulate-pmem", "ring=r,emulate-pmem,stacks=site")) {
            AgentOptions options = AgentOptions.parse(text);
            assertEquals(List.of(), options.emulatedFolders(), text);
            assertEquals(Path.of("r"), options.ring(), text);
        }
    }

    @Test
    void foldersMayHaveCommasBetween(@TempDir Path parent) throws Exception {
        Path first = Files.createDirectory(parent.resolve("first"));
        Path second = Files.createDirectory(parent.resolve("second"));
        AgentOptions options = AgentOptions.parse("emulate-pmem=" + first + "," + second + ",ring=r");
        assertEquals(List.of(first.toRealPath().toString(), second.toRealPath().toString()), options.emulatedFolders());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rign=x|unknown option 'rign'; the agent knows audit, emulate-pmem, expectations, follow-children, keep-trace, load-files, loads, models, no-trace, ring, stacks, values",
                "ring=x,no-such=y|unknown option 'no-such'; the agent knows audit, emulate-pmem, expectations, follow-children, keep-trace, load-files, loads, models, no-trace, ring, stacks, values",
                "ring=|option ring needs a value: ring=FILE",
                "keep-trace|option keep-trace needs a value: keep-trace=FILE",
                "stacks=all|option stacks takes site, sampled, full, not 'all'",
                "load-files=|option load-files needs a value: load-files=DIR",
                "load-files=/no/such|option load-files: no such folder: /no/such",
                "emulate-pmem=/no/such|option emulate-pmem: no such folder: /no/such",
            })
    void refusesWhatItDoesNotKnow(String text, String message) {
        AgentException refusal = assertThrows(AgentException.class, () -> AgentOptions.parse(text));
        assertEquals(message, refusal.getMessage());
        assertTrue(refusal.isUsage());
    }

    @Test
    void aChildIsTracedAsItsParentIs() throws AgentException {
        AgentOptions parent = AgentOptions.parse("keep-trace=/tmp/a-%p.trace,values,loads,stacks=full,follow-children");
        AgentOptions child = AgentOptions.parse(parent.forChild());

        assertEquals("/tmp/a-%p.trace", parent.childTraces());
        assertEquals(parent, child);
    }

    @Test
    void aTraceForEachProcess() {
        AgentException refused =
                assertThrows(AgentException.class, () -> AgentOptions.parse("keep-trace=run.trace,follow-children"));
        assertTrue(refused.getMessage().contains("%p"), refused.getMessage());
    }
}
