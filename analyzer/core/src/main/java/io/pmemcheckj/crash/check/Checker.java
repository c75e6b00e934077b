package io.pmemcheckj.crash.check;

import io.pmemcheckj.crash.engine.ReadLog;
import io.pmemcheckj.crash.state.FileReplay;
import io.pmemcheckj.crash.state.State;
import java.io.Closeable;
import java.io.IOException;

/** Judges states; used by one thread. */
public interface Checker extends Closeable {

    /**
     * Judges one state.
     *
     * @param replay where the state is from, at its failure point
     * @throws IOException when the files of the state cannot be made
     * @throws CheckerException when no state can be judged
     */
    Verdict check(FileReplay replay, State state) throws IOException, CheckerException;

    /** A command line that judges a kept image, or null if there is none. */
    String reproduce(String image);

    /** What the latest check has read; null where nobody watched. */
    default ReadLog reads() {
        return null;
    }

    @Override
    default void close() {}
}
