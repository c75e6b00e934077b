package io.pmemcheckj.analysis;

import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.FileIdentity;
import io.pmemcheckj.replay.Replayer;
import io.pmemcheckj.replay.StoreHistory;
import io.pmemcheckj.trace.TraceFormatException;
import io.pmemcheckj.trace.file.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** The run that left the files which this one finds: what its trace says of their bytes. */
public final class PreviousRun {
    private final Path trace;
    private final Replayer replayer;
    private final StoreHistory history = new StoreHistory();

    private PreviousRun(Path trace, Replayer replayer) {
        this.trace = trace;
        this.replayer = replayer;
    }

    /**
     * Replays the trace of a run.
     *
     * @param domain the domain of all segments, or null to take it from how each was mapped
     * @param counts tells by its path whether a segment is looked at
     * @throws UsageException when there is no such trace, or the file is none
     */
    public static PreviousRun read(Path trace, Domain domain, Predicate<String> counts) {
        if (!Files.isRegularFile(trace)) {
            throw new UsageException("--after " + trace + ": no such trace");
        }
        PreviousRun run = new PreviousRun(trace, new Replayer(domain, counts));
        run.history.follow(run.replayer);
        try {
            TraceFile.read(trace, run.replayer);
        } catch (TraceFormatException e) {
            throw new UsageException("--after " + e.getMessage());
        } catch (IOException e) {
            throw new UsageException("--after " + trace + ": cannot be read: " + e.getMessage());
        }
        run.replayer.catchUp();
        return run;
    }

    /** Why a run that was to be looked at as its successor cannot be. */
    List<String> problems(Replayer successor) {
        if (!"true".equals(successor.facts().properties().get("loads"))) {
            return List.of("--after: the trace holds no loads; record it with --loads");
        }
        boolean met = successor.memory().segments().stream().anyMatch(file -> segment(successor.file(file)) != null);
        return met ? List.of() : List.of("--after: no file was mapped that the run of " + trace + " had mapped");
    }

    public Replayer replayer() {
        return replayer;
    }

    public StoreHistory history() {
        return history;
    }

    /** What a file was to that run, or null when it did not map it. */
    public Segment segment(FileIdentity file) {
        return file == null ? null : replayer.segment(file);
    }
}
