package io.pmemcheckj.analysis;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.gate.AnnotatedSuppression;
import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.replay.Replayer;
import io.pmemcheckj.rules.FailedExpectations;
import io.pmemcheckj.rules.FindingBook;
import io.pmemcheckj.rules.RuleSet;
import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.live.Figures;
import io.pmemcheckj.trace.live.Insight;
import io.pmemcheckj.trace.live.SegmentFigures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** One check: replays the events given to {@link #visitor} and reports what the rules found. */
public final class Analysis {
    private static final String AUTO = "auto";

    /** Begins the keys of properties that name a library whose model is in use. */
    private static final String MODEL = "model:";

    private final String domain;
    private final Replayer replayer;
    private final PreviousRun previous;
    private final FindingBook book;
    private TestRuns tests;
    private boolean mayStoreNothing;

    /** @throws UsageException for an unknown domain or rule, a malformed glob or a bad order file */
    public Analysis(AnalysisOptions options) {
        domain = options.domain();
        SegmentFilter counts = new SegmentFilter(options.segments(), options.excludedSegments());
        replayer = new Replayer(domainOf(domain), counts);
        previous = options.after() == null ? null : PreviousRun.read(options.after(), domainOf(domain), counts);
        book = RuleSet.attach(options, previous, replayer);
    }

    /** What begins in the midst of the run that the whole looks at. */
    private Analysis(AnalysisOptions options, Analysis whole, String what) {
        domain = options.domain();
        replayer = whole.replayer.part(
                domainOf(domain), new SegmentFilter(options.segments(), options.excludedSegments()));
        previous = null;
        book = RuleSet.attach(options, null, replayer);
        book.judge(what);
        replayer.begin(whole.replayer);
    }

    /**
     * A check of what follows alone, to be given the same events after this one. What was stored before is nobody's fault there.
     *
     * @param what the part is, in a word for messages
     * @throws UsageException for an unknown domain or rule, or a malformed glob
     */
    Analysis part(AnalysisOptions options, String what) {
        return new Analysis(options, this, what);
    }

    /** It is all right if files are mapped for writing and nothing is stored. */
    void letStoreNothing() {
        mayStoreNothing = true;
    }

    /** Judges tests of the program one by one, when they ask for it; to be called before the first event. */
    public void judgeTests() {
        tests = new TestRuns(this);
        replayer.addListener(tests);
    }

    /** Take the events, too, each time from one call of {@link #answer} to the next. */
    public List<TraceVisitor> testVisitors() {
        return tests == null ? List.of() : tests.visitors();
    }

    /** @throws UsageException for an unknown name */
    static Domain domainOf(String id) {
        if (id.equals(AUTO)) {
            return null;
        }
        for (Domain domain : Domain.values()) {
            if (domain.id().equals(id)) {
                return domain;
            }
        }
        throw new UsageException("--domain " + id + ": must be auto, adr, eadr or page-cache");
    }

    /** Whether nothing of the trace is missing. */
    boolean isWhole() {
        return replayer.facts().gaps().isEmpty() && replayer.facts().hasEnded();
    }

    /** What the trace says of the run, by the keys of FORMAT.md. */
    Map<String, String> properties() {
        return replayer.facts().properties();
    }

    /** What to call the process among others. */
    public String processName() {
        String main = properties().getOrDefault("main", "");
        return "process " + properties().getOrDefault("pid", "unknown") + (main.isEmpty() ? "" : " (" + main + ")");
    }

    /** What the code of the program says of findings. */
    public List<AnnotatedSuppression> annotatedSuppressions() {
        return AnnotatedSuppression.of(properties());
    }

    /** Whether the trace goes on to the end of the run. */
    boolean hasEnded() {
        return replayer.facts().hasEnded();
    }

    /** Takes the events, in order, from one thread at a time. */
    public TraceVisitor visitor() {
        return replayer;
    }

    /** Tells threads of the program that wait for it which of their expectations are not so; between events. */
    public void answer(FailedExpectations.Receiver threads) {
        replayer.catchUp();
        if (tests != null) {
            tests.answer(threads); // first: who waits for that must not get the other answer
        }
        book.expectations().answer(threads);
    }

    /** The counts so far; another thread may ask, and then they can be a little old. */
    public Figures progress() {
        List<SegmentFigures> segments = replayer.memory().segments().stream()
                .map(segment -> new SegmentFigures(
                        segment.id(),
                        segment.path(),
                        segment.domain().id(),
                        segment.size(),
                        segment.storedBytes(),
                        segment.pendingBytes()))
                .toList();
        return new Figures(
                replayer.stores(),
                replayer.flushes(),
                replayer.fences(),
                replayer.transactions().begun(),
                replayer.linesFlushed(),
                replayer.linesDirty(),
                replayer.memory().pendingBytes(),
                book.size(),
                segments.size(),
                segments);
    }

    /** What the program itself can know of the replay while it runs. */
    public Insight insight() {
        return new LiveInsight(replayer, book, this::progress);
    }

    /** Judges what is left and makes the report; call once, after the last event. */
    public Report finish(RunFacts facts) {
        return finish(facts, List.of(), null);
    }

    /**
     * The same, with what an exploration of crash states found.
     *
     * @param crashes findings to be reported before those of the rules
     * @param exploration what was looked at, or null
     */
    Report finish(RunFacts facts, List<Finding> crashes, Report.Exploration exploration) {
        replayer.finish();
        List<Finding> findings = new ArrayList<>(crashes);
        findings.addAll(book.findings());
        List<String> problems = problems(facts);
        return new Report(
                Report.SCHEMA_VERSION,
                new Report.Tool("pmemcheck-j", facts.toolVersion()),
                new Report.Run(
                        facts.command(),
                        facts.java() == null ? replayer.facts().properties().get("java") : facts.java(),
                        domain,
                        facts.exitCode() == null ? tracedExitCode() : facts.exitCode(),
                        facts.durationMs(),
                        isWhole(),
                        problems,
                        libraries()),
                summary(facts, findings),
                segments(),
                findings,
                replayer.facts().checkpoints(),
                exploration);
    }

    private List<Report.Library> libraries() {
        return replayer.facts().properties().entrySet().stream()
                .filter(property -> property.getKey().startsWith(MODEL))
                .map(property -> new Report.Library(property.getKey().substring(MODEL.length()), property.getValue()))
                .sorted(Comparator.comparing(Report.Library::name))
                .toList();
    }

    /** What the run that kept the trace wrote into it, or null. */
    private Integer tracedExitCode() {
        String code = replayer.facts().properties().get("exit-code");
        try {
            return code == null ? null : Integer.valueOf(code.trim());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private List<String> problems(RunFacts facts) {
        List<String> problems = new ArrayList<>(facts.problems());
        for (String reason : replayer.facts().gaps()) {
            problems.add("the trace is incomplete: " + reason);
        }
        if (replayer.facts().gaps().isEmpty() && !replayer.facts().hasEnded()) {
            problems.add("the trace is incomplete: it stops before the program's end");
        }
        if (previous != null) {
            problems.addAll(previous.problems(replayer));
        }
        if (replayer.stores() + replayer.loads() == 0
                && replayer.writableMapping() != null
                && !mayStoreNothing
                && !auditFoundNothingMissed()) {
            problems.add("nothing was traced though " + replayer.writableMapping() + " was mapped for writing");
        }
        return problems;
    }

    /** Then the program stored nothing, as a reader that maps for writing does. */
    private boolean auditFoundNothingMissed() {
        Report.Audit audit = replayer.facts().audit();
        return audit != null && audit.explainedBytes() == audit.comparedBytes();
    }

    private Report.Summary summary(RunFacts facts, List<Finding> findings) {
        return new Report.Summary(
                replayer.stores(),
                replayer.flushes(),
                replayer.fences(),
                replayer.transactions().begun(),
                replayer.memory().segments().size(),
                replayer.threadCount(),
                facts.traceBytes(),
                Report.Summary.bySeverity(findings),
                0,
                0,
                replayer.facts().audit());
    }

    List<Report.Segment> segments() {
        return replayer.memory().segments().stream()
                .map(segment -> new Report.Segment(
                        segment.id(),
                        segment.path(),
                        segment.size(),
                        segment.domain().id(),
                        segment.isSync(),
                        segment.storedBytes(),
                        segment.pendingBytes(),
                        SegmentCensus.map(segment)))
                .toList();
    }
}
