package io.pmemcheckj.rules;

import static io.pmemcheckj.analysis.Check.MAPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pmemcheckj.analysis.AnalysisOptions;
import io.pmemcheckj.analysis.Check;
import io.pmemcheckj.findings.Report;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GuardedOrderTest {
    private static final String START = "property \"loads\" \"true\"\n" + MAPPED;
    private static final String DATA = "store 1 @10 0x10000 8\n";
    private static final String FLAG = "store 1 @11 0x10040 8\n";
    private static final String PERSIST = "force-begin 1 @12 0x10000 128\nforce-end 1\n";
    private static final String READS = "guard-site @20\nload 2 @20 0x10040 8\nload 2 @21 0x10000 8\n";

    private static Report report(String domain, String events) {
        return Check.report(AnalysisOptions.of(domain, Set.of("suspicious-order")), START + events + "end\n");
    }

    private static List<String> findings(String events) {
        return Check.summarize(report("auto", events));
    }

    @Test
    void guardAndGuardedUnderOneFence() {
        Report report = report("auto", DATA + FLAG + PERSIST + READS);

        assertEquals(List.of("suspicious-order:11 x1 8B"), Check.summarize(report));
        assertEquals(
                List.of(10, 20, 21),
                report.findings().get(0).related().stream()
                        .map(other -> other.location().line())
                        .toList());
    }

    @Test
    void guardedPersistentFirst() {
        assertEquals(List.of(), findings(DATA + PERSIST + FLAG + PERSIST + READS));
    }

    @Test
    void whatIsStoredAfterTheGuardIsNotGuarded() {
        assertEquals(List.of(), findings(FLAG + DATA + PERSIST + READS));
    }

    @Test
    void aReadThatDecidesNothing() {
        assertEquals(List.of(), findings(DATA + FLAG + PERSIST + READS.replace("guard-site @20\n", "")));
    }

    @Test
    void aLineKeepsItsOrder() {
        String flag = "store 1 @11 0x10008 8\n";
        assertEquals(List.of(), findings(DATA + flag + PERSIST + READS.replace("0x10040", "0x10008")));
    }

    @Test
    void workOnOnesOwnDataIsNoEvidenceUntilTheFileIsOpenedAnew() {
        String own = READS.replace("load 2", "load 1");
        String opens = "map 1 A.map(A.java:3) 0x40000 65536 device=1 inode=1 offset=0 flags=sync,emulated"
                + " path=\"/data/pmem\"\n";
        assertEquals(List.of(), findings(DATA + FLAG + PERSIST + own));
        assertEquals(
                List.of("suspicious-order:11 x1 8B"),
                findings(DATA + FLAG + PERSIST + opens + own.replace("0x10", "0x40")));
    }

    @Test
    void twoThreadsStores() {
        assertEquals(List.of(), findings(DATA + FLAG.replace("store 1", "store 3") + PERSIST + READS));
    }

    @Test
    void visibleIsPersistentWhereCachesAre() {
        assertEquals(List.of(), Check.summarize(report("eadr", DATA + FLAG + READS)));
    }
}
