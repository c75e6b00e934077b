package io.pmemcheckj.crash;

import io.pmemcheckj.crash.check.Checker;
import io.pmemcheckj.crash.check.ImageKeeper;
import io.pmemcheckj.crash.check.Verdicts;
import io.pmemcheckj.crash.state.Failure;
import io.pmemcheckj.crash.state.FileReplay;
import io.pmemcheckj.crash.state.FoundFiles;
import io.pmemcheckj.crash.state.State;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.text.TextTraceReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Explores a trace in text form; every content that was judged is known afterwards. */
final class CrashTrace {
    /** Judges what the first bytes of the file are, in hexadecimal. */
    interface Judge {
        boolean accepts(String content, List<String> markers);
    }

    final Set<String> contents = new TreeSet<>();
    final List<String> judged = new ArrayList<>();
    private final String text;
    private String engine = "exhaustive";
    private Failure failure = Failure.POWER;
    private long maxStates = 100_000;
    private int shown = 32;
    private int jobs = 1;
    private Map<String, String> enginesByMarker = Map.of();
    private Explorer explorer;

    CrashTrace(String text) {
        this.text = text;
    }

    CrashTrace engine(String name) {
        engine = name;
        return this;
    }

    CrashTrace failure(Failure what) {
        failure = what;
        return this;
    }

    CrashTrace maxStates(long most) {
        maxStates = most;
        return this;
    }

    CrashTrace jobs(int number) {
        jobs = number;
        return this;
    }

    CrashTrace atMarkers(Map<String, String> engines) {
        enginesByMarker = engines;
        return this;
    }

    /** How many bytes of the file count. */
    CrashTrace bytes(int count) {
        shown = count;
        return this;
    }

    CrashTrace explore() {
        return explore((content, markers) -> true);
    }

    CrashTrace explore(Judge judge) {
        FoundFiles found = new FoundFiles();
        replay(found);
        CrashOptions options =
                new CrashOptions(null, path -> true, failure, engine, enginesByMarker, maxStates, 60, 1, jobs, null);
        ImageKeeper none = new ImageKeeper(Path.of("unused"), null, -1, id -> id);
        explorer = new Explorer(options, this::replay, found, (job, survey) -> checker(judge), none, List.of());
        try {
            explorer.explore();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return this;
    }

    private void replay(TraceVisitor visitor) {
        try {
            TextTraceReader.read(new StringReader(text), visitor);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Checker checker(Judge judge) {
        return new Checker() {
            @Override
            public io.pmemcheckj.crash.check.Verdict check(FileReplay replay, State state) {
                String content = content(replay, state);
                List<String> markers = replay.markers().subList(0, state.point().markers());
                synchronized (contents) {
                    contents.add(content);
                    judged.add(state.id());
                }
                return Verdicts.of(judge.accepts(content, markers));
            }

            @Override
            public String reproduce(String image) {
                return null;
            }
        };
    }

    private String content(FileReplay replay, State state) {
        if (replay.present().isEmpty()) {
            return "no file";
        }
        byte[] bytes = new byte[shown];
        replay.present().get(0).content().read(0, bytes);
        for (State.Patch patch : state.patches()) {
            for (int i = 0; i < patch.bytes().length; i++) {
                long at = patch.offset() + i;
                if (at < shown) {
                    bytes[(int) at] = patch.bytes()[i];
                }
            }
        }
        StringBuilder digits = new StringBuilder();
        for (byte b : bytes) {
            digits.append(Character.forDigit(b & 0xf, 16));
        }
        return digits.toString();
    }

    Report.Exploration summary() {
        return explorer.summary("test");
    }

    List<Finding> findings() {
        return explorer.findings();
    }
}
