package io.pmemcheckj.replay;

import io.pmemcheckj.analysis.Analysis;
import io.pmemcheckj.analysis.AnalysisOptions;
import io.pmemcheckj.findings.RuleCatalogue;
import io.pmemcheckj.trace.MapFlags;
import io.pmemcheckj.trace.StoreKind;
import io.pmemcheckj.trace.TraceVisitor;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;

/** Prints how many events a second the replay takes; run by hand. */
public final class ReplaySpeed {
    private static final long ADDRESS = 0x7f0000000000L;
    private static final int MIB = 1 << 20;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ReplaySpeed() {}

    private interface Workload {
        /** @return number of stores of the program that the events stand for */
        long run(TraceVisitor visitor);
    }

    public static void main(String[] args) {
        long[] offsets = new long[1 << 20];
        Random random = new Random(1);
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = ADDRESS + (random.nextLong() & 64 * MIB - 1 & ~7);
        }
        for (int round = 0; round < 3; round++) {
            measure("random 8-byte stores over 64 MiB", v -> {
                for (int i = 0; i < 10_000_000; i++) {
                    v.store(1, 1 + (i & 3), StoreKind.PLAIN, offsets[i & offsets.length - 1], 8, 1);
                }
                return 10_000_000;
            });
            measure("random 8-byte stores over 32 KiB", v -> {
                for (int i = 0; i < 10_000_000; i++) {
                    v.store(1, 1, StoreKind.PLAIN, ADDRESS + (offsets[i & offsets.length - 1] & 0x7ff8), 8, 1);
                }
                return 10_000_000;
            });
            measure("sequential runs of 1000 stores", v -> {
                for (int i = 0; i < 100_000; i++) {
                    v.store(1, 1, StoreKind.PLAIN, ADDRESS + (long) i * 8000 % (64L * MIB - 8000) & ~7L, 8, 1000);
                }
                return 100_000_000;
            });
            measure("random 8-byte stores by one site", v -> {
                for (int i = 0; i < 10_000_000; i++) {
                    v.store(1, 1, StoreKind.PLAIN, offsets[i & offsets.length - 1], 8, 1);
                }
                return 10_000_000;
            });
            measure("records of six fields, each forced", v -> {
                for (int i = 0; i < 1_000_000; i++) {
                    long at = ADDRESS + (long) i * 64 % (64L * MIB);
                    for (int field = 0; field < 6; field++) {
                        v.store(1, 1 + field, StoreKind.PLAIN, at + 8 * field, 8, 1);
                    }
                    v.forceBegin(1, 7, at, 64);
                    v.forceEnd(1, false);
                }
                return 1_000_000;
            });
            measure("64-byte records, each forced", v -> {
                for (int i = 0; i < 2_000_000; i++) {
                    long at = ADDRESS + (long) i * 64 % (64L * MIB);
                    v.store(1, 1, StoreKind.PLAIN, at, 8, 8);
                    v.forceBegin(1, 2, at, 64);
                    v.forceEnd(1, false);
                }
                return 2_000_000;
            });
            measure("64-byte records, each flushed and fenced", v -> {
                for (int i = 0; i < 2_000_000; i++) {
                    long at = ADDRESS + (long) i * 64 % (64L * MIB);
                    v.store(1, 1, StoreKind.PLAIN, at, 8, 8);
                    v.flush(1, 2, at, 64);
                    v.fence(1, 3, true);
                }
                return 2_000_000;
            });
        }
    }

    private static void measure(String name, Workload workload) {
        Analysis analysis =
                new Analysis(AnalysisOptions.of("auto", RuleCatalogue.load().defaultIds()));
        TraceVisitor visitor = analysis.visitor();
        visitor.map(1, 0, ADDRESS, 64L * MIB, 1, 1, 0, MapFlags.SYNC, "/f");
        // CPU time: the machine may be busy with other work.
        long start = THREADS.getCurrentThreadCpuTime();
        long units = workload.run(visitor);
        double nanos = THREADS.getCurrentThreadCpuTime() - start;
        System.out.printf("%-45s %7.2f ns each, %7.1f million/s%n", name, nanos / units, units * 1e3 / nanos);
    }
}
