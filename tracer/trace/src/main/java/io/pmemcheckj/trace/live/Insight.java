package io.pmemcheckj.trace.live;

import java.util.List;

/** What the replay tells the program; asked between events, by the thread that replays. */
public interface Insight {
    /** The counts so far. */
    Figures figures();

    /** What the latest flush of a thread found, null if it made none or none of a mapped file. */
    FlushFigures lastFlush(int thread);

    /**
     * Findings in the order of their first occurrence.
     *
     * @param from how many to leave out
     * @param most how many to tell
     */
    List<LiveFinding> findings(int from, int most);
}
