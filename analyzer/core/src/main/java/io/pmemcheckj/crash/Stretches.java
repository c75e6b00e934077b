package io.pmemcheckj.crash;

import io.pmemcheckj.crash.state.ChosenState;
import io.pmemcheckj.crash.state.FailurePoint;
import io.pmemcheckj.crash.state.FileReplay;
import io.pmemcheckj.crash.state.FoundFiles;
import io.pmemcheckj.crash.state.PendingStore;

/**
 * Where the files are refused though no store is lost, they often are so over a stretch of the run, until the program has
 * finished what it is at. That is one cause, however the exploration came across it: the first moment of the stretch.
 */
final class Stretches {
    private final CrashFindings findings;
    private final Claims claims;
    private CrashFindings.Cause current;

    private Stretches(CrashFindings findings, Claims claims) {
        this.findings = findings;
        this.claims = claims;
    }

    static void join(CrashOptions options, FoundFiles found, TraceSource trace, CrashFindings findings, Claims claims) {
        Stretches stretches = new Stretches(findings, claims);
        FileReplay replay = new FileReplay(options.domain(), options.counts(), options.failure(), stretches::visit);
        replay.start(found);
        trace.replay(replay);
        replay.finish();
    }

    /** Visits what the program itself saw in the files, store by store. */
    private void visit(FailurePoint point) {
        visit(ChosenState.none(point));
        point.units().stream()
                .flatMap(unit -> unit.stores().stream())
                .mapToLong(PendingStore::time)
                .sorted()
                .distinct()
                .forEach(time -> visit(ChosenState.upTo(point, time)));
    }

    private void visit(ChosenState state) {
        Boolean consistent = claims.verdict(Job.key(state));
        if (consistent == null) {
            return; // nobody knows: it may belong to the stretch
        }
        if (consistent) {
            current = null;
            return;
        }
        CrashFindings.Cause cause = findings.known(state.hash());
        if (cause != null && cause.lost().isEmpty()) {
            if (current != null && !current.equals(cause)) {
                findings.merge(cause, current);
            } else {
                current = cause;
            }
        }
    }
}
