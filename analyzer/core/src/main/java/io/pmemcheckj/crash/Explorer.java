package io.pmemcheckj.crash;

import io.pmemcheckj.crash.check.Checker;
import io.pmemcheckj.crash.check.CheckerException;
import io.pmemcheckj.crash.check.ImageKeeper;
import io.pmemcheckj.crash.engine.Engine;
import io.pmemcheckj.crash.engine.EngineByMarker;
import io.pmemcheckj.crash.engine.Engines;
import io.pmemcheckj.crash.state.FoundFiles;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Explores the crash states of one run. */
public final class Explorer {
    private final CrashOptions options;
    private final TraceSource trace;
    private final FoundFiles found;
    private final CheckerFactory checkers;
    private final ImageKeeper images;
    private final CrashFindings findings;
    private final Claims claims;
    private final long start = System.nanoTime();
    private volatile Survey survey;
    private volatile Coverage coverage;

    /**
     * @param found the files that were there before the run
     * @param images keeps the images of refused states
     * @param segments of the report
     */
    public Explorer(
            CrashOptions options,
            TraceSource trace,
            FoundFiles found,
            CheckerFactory checkers,
            ImageKeeper images,
            List<Report.Segment> segments) {
        this.options = options;
        this.trace = trace;
        this.found = found;
        this.checkers = checkers;
        this.images = images;
        Map<String, Report.Segment> byPath = new HashMap<>();
        segments.forEach(segment -> byPath.putIfAbsent(segment.path(), segment));
        findings = new CrashFindings(byPath);
        claims = new Claims(options.maxStates(), start + options.seconds() * 1_000_000_000L);
    }

    /**
     * Explores, until all is done or the budget is used up.
     *
     * @throws CheckerException when no state can be judged
     * @throws IOException when there is no room for the files
     */
    public void explore() throws CheckerException, IOException {
        survey = Survey.of(options, found, trace);
        images.layout(survey.paths());
        if (survey.points() == 0 || options.state() == null && options.maxStates() == 0) {
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(options.jobs(), task -> {
            Thread thread = new Thread(task, "pmemcheck-j exploration");
            thread.setDaemon(true);
            return thread;
        });
        List<Future<Coverage>> jobs = new ArrayList<>();
        for (int i = 0; i < options.jobs(); i++) {
            int job = i;
            jobs.add(pool.submit(() -> explore(job)));
        }
        pool.shutdown();
        await(jobs);
        if (findings.size() > 1) {
            Stretches.join(options, found, trace, findings, claims);
        }
    }

    private Coverage explore(int job) throws Exception {
        try (Checker checker = checkers.make(job, survey)) {
            Job exploration = new Job(options, trace, found, survey, checker, images, claims, findings);
            if (options.engine().equals(Engines.READS)) {
                exploration.useReads();
            } else {
                exploration.use(engine());
            }
            return exploration.run();
        } catch (Throwable e) {
            claims.stop("failure");
            throw e;
        }
    }

    private Engine engine() {
        Engine first = Engines.of(options.engine(), options.seed());
        if (options.enginesByMarker().isEmpty()) {
            return first;
        }
        Map<String, Engine> byMarker = new HashMap<>();
        options.enginesByMarker().forEach((marker, name) -> byMarker.put(marker, Engines.of(name, options.seed())));
        return new EngineByMarker(first, byMarker, survey.markers());
    }

    private void await(List<Future<Coverage>> jobs) throws CheckerException, IOException {
        Throwable failure = null;
        for (Future<Coverage> job : jobs) {
            try {
                coverage = job.get().and(coverage);
            } catch (ExecutionException e) {
                failure = failure == null ? e.getCause() : failure;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        if (failure instanceof CheckerException e) {
            throw e;
        }
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }

    /**
     * To be called before {@link #explore}: continues an earlier exploration, and lets a later one continue this.
     *
     * @param identity of the trace, the check and the options
     * @param resume whether there may be something to continue
     */
    public Journal journal(Path file, long identity, boolean resume) throws IOException {
        Journal journal = Journal.open(file, identity, resume, claims::resume);
        claims.writeTo(journal);
        return journal;
    }

    /** Ends the exploration as soon as the checks under way have ended; another thread may call it. */
    public void stop() {
        claims.stop(Claims.SIGNAL);
    }

    /** Why the files of the states are not what a crash leaves, in words; empty if they are. */
    public Set<String> defects() {
        return survey.defects();
    }

    /** Number of stores to mapped files. */
    public long stores() {
        return survey.stores();
    }

    /** The refused states. */
    public List<Finding> findings() {
        return findings.findings();
    }

    /** How far it got; another thread may ask while it runs. */
    public ExplorationProgress progress() {
        Survey known = survey;
        return new ExplorationProgress(
                claims.claimed(),
                claims.refused(),
                known == null ? null : known.states(),
                options.maxStates(),
                options.seconds(),
                (System.nanoTime() - start) / 1_000_000_000L,
                findings.size());
    }

    /**
     * What was looked at.
     *
     * @param check what judged, as the user gave it
     */
    public Report.Exploration summary(String check) {
        List<String> notes = new ArrayList<>(survey.notes());
        if (coverage != null && coverage.doubt() != null) {
            notes.add(coverage.doubt());
        }
        boolean all = options.state() == null
                && coverage != null
                && coverage.isAll()
                && claims.stoppedBy() == null
                && notes.isEmpty();
        return new Report.Exploration(
                options.engine(),
                options.failure().id(),
                check,
                options.seed(),
                survey.points(),
                coverage == null ? 0 : coverage.explored(),
                survey.statesInWords(),
                claims.claimed() + claims.resumed(),
                claims.duplicates(),
                claims.refused(),
                !all ? "part" : coverage.byReads() ? "reads" : "all",
                claims.stoppedBy(),
                notes,
                (System.nanoTime() - start) / 1_000_000);
    }
}
