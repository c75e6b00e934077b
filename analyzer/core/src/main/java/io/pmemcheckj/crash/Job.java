package io.pmemcheckj.crash;

import io.pmemcheckj.crash.check.Checker;
import io.pmemcheckj.crash.check.CheckerException;
import io.pmemcheckj.crash.check.ImageKeeper;
import io.pmemcheckj.crash.check.Verdict;
import io.pmemcheckj.crash.engine.Engine;
import io.pmemcheckj.crash.engine.ReadCover;
import io.pmemcheckj.crash.engine.ReadLog;
import io.pmemcheckj.crash.state.ChosenState;
import io.pmemcheckj.crash.state.FailurePoint;
import io.pmemcheckj.crash.state.FileReplay;
import io.pmemcheckj.crash.state.FoundFiles;
import io.pmemcheckj.crash.state.State;
import io.pmemcheckj.crash.state.StateId;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Explores as if it were alone: replays the trace round after round and judges the states that its engine chooses, but for
 * those that another job has claimed. Because all jobs choose in the same order, the order in which states are claimed is that
 * order, however many jobs there are.
 */
final class Job {
    /** Rounds without anything new after which nothing new is to be expected. */
    private static final int FRUITLESS = 3;

    private static final long SIGNAL_MILLIS = 200;

    private final CrashOptions options;
    private final TraceSource trace;
    private final FoundFiles found;
    private final Survey survey;
    private Engine engine;
    private ReadCover readCover;
    private final Checker checker;
    private final ImageKeeper images;
    private final Claims claims;
    private final CrashFindings findings;

    private FileReplay replay;
    /** By key, what was read of the states that this job has judged; only where the engine asks for it. */
    private final Map<Long, ReadLog> reads = new HashMap<>();

    /** Hashes of the contents that were refused while a state was made simpler, and of that state. */
    private final Set<Long> refusedBesides = new HashSet<>();

    private boolean stopped;
    private long explored;
    private long complete;

    Job(
            CrashOptions options,
            TraceSource trace,
            FoundFiles found,
            Survey survey,
            Checker checker,
            ImageKeeper images,
            Claims claims,
            CrashFindings findings) {
        this.options = options;
        this.trace = trace;
        this.found = found;
        this.survey = survey;
        this.checker = checker;
        this.images = images;
        this.claims = claims;
        this.findings = findings;
    }

    /** Ends a replay early. */
    private static final class Enough extends RuntimeException {
        Enough(Throwable cause) {
            super(null, cause, false, false);
        }
    }

    /** To be called first. */
    void use(Engine chosen) {
        engine = chosen;
    }

    /** Lets what the check reads decide what is looked at; to be called first. */
    void useReads() {
        readCover = new ReadCover(state -> reads.get(key(state)), state -> claims.verdict(key(state)), options.seed());
        engine = readCover;
    }

    Coverage run() throws IOException, CheckerException {
        if (options.state() != null) {
            StateId wanted = StateId.parse(options.state());
            pass(point -> only(point, wanted));
            return new Coverage(1, 0, survey.points(), false, null);
        }
        int fruitless = 0;
        for (int round = 0; engine.wantsRound(round) && !stopped && fruitless < FRUITLESS; round++) {
            int now = round;
            long before = claims.claimed();
            explored = 0;
            complete = 0;
            pass(point -> explore(point, now));
            fruitless = claims.claimed() == before && round > 1 ? fruitless + 1 : 0;
        }
        String doubt = readCover == null ? null : readCover.doubt();
        return new Coverage(explored, complete, survey.points(), readCover != null, doubt);
    }

    private void pass(java.util.function.Consumer<FailurePoint> visit) throws IOException, CheckerException {
        replay = new FileReplay(options.domain(), options.counts(), options.failure(), visit);
        replay.start(found);
        try {
            trace.replay(replay);
            replay.finish();
        } catch (Enough e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof CheckerException cause) {
                throw cause;
            }
        }
    }

    private void only(FailurePoint point, StateId wanted) {
        if (point.number() == wanted.point()) {
            State state = wanted.at(point);
            claims.claim(key(state));
            judgeClaimed(state, 0);
            throw new Enough(null);
        }
    }

    private void explore(FailurePoint point, int round) {
        if (!stopped) {
            engine.choose(point, round, this::consider);
        }
        explored += engine.hasChosenSome(point) ? 1 : 0;
        complete += engine.hasChosenAll(point) ? 1 : 0;
    }

    /** The same content after other operations may deserve another verdict. */
    static long key(State state) {
        return state.hash() * 31 + state.point().markers();
    }

    private boolean consider(State state) {
        long order = claims.claim(key(state));
        if (order == -2) {
            stopped = true;
        } else if (order >= 0) {
            judgeClaimed(state, order);
        }
        return !stopped;
    }

    private void judgeClaimed(State state, long order) {
        try {
            Verdict verdict = checker.check(replay, state);
            if (verdict.killed() && isInterrupted()) {
                claims.release(key(state));
                return;
            }
            noteReads(state);
            claims.judged(key(state), verdict.consistent());
            if (!verdict.consistent()) {
                refused(state, verdict, order);
            }
        } catch (IOException | CheckerException e) {
            throw new Enough(e);
        }
    }

    /** A signal to end all of this reaches the check as well, and maybe sooner. */
    private boolean isInterrupted() {
        try {
            Thread.sleep(SIGNAL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Claims.SIGNAL.equals(claims.stoppedBy());
    }

    private void noteReads(State state) {
        if (readCover != null) {
            reads.put(key(state), checker.reads());
        }
    }

    private void refused(State state, Verdict verdict, long order) throws IOException, CheckerException {
        if (findings.explains(state.hash(), CrashFindings.cause(new Story(state), replay.places()))) {
            return;
        }
        refusedBesides.clear();
        State simplest = state;
        if (state instanceof ChosenState chosen && options.state() == null) {
            simplest = minimize(chosen);
        }
        Verdict last = simplest == state ? verdict : checker.check(replay, simplest);
        if (last.consistent()) { // the check does not answer the same every time
            simplest = state;
            last = verdict;
        }
        CrashFindings.Cause known = findings.known(simplest.hash());
        refusedBesides.add(state.hash());
        if (known != null) { // a stretch of the run over which all states are refused
            findings.count(known, refusedBesides);
        } else {
            report(simplest, last, order);
        }
    }

    private void report(State state, Verdict verdict, long order) throws IOException {
        CrashFindings.Cause cause = CrashFindings.cause(new Story(state), replay.places());
        if (!findings.wants(cause, order)) {
            findings.count(cause, refusedBesides);
            return;
        }
        ImageKeeper.Kept kept = images.keep(replay, state);
        String again = kept == null ? null : checker.reproduce(kept.copy());
        String reproduce = again == null ? images.command(state.id()) : kept.copyCommand() + " && " + again;
        findings.add(
                cause,
                order,
                findings.finding(replay, state, verdict, kept == null ? null : kept.path(), reproduce),
                refusedBesides);
    }

    private State minimize(ChosenState state) throws IOException, CheckerException {
        try {
            return new Minimizer(this::isRefused).minimize(state);
        } catch (IOException | CheckerException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isRefused(ChosenState state) throws IOException, CheckerException {
        Boolean known = claims.verdict(key(state));
        if (known == null && Claims.SIGNAL.equals(claims.stoppedBy())) {
            return false;
        }
        if (known == null) {
            known = checker.check(replay, state).consistent();
            claims.judgedBesides(key(state), known);
            if (!known) {
                refusedBesides.add(state.hash());
            }
            noteReads(state);
        }
        return !known;
    }
}
