package io.pmemcheckj.crash;

import io.pmemcheckj.crash.check.Checker;
import java.io.IOException;

/** Makes what judges states, one for each job. */
public interface CheckerFactory {

    /**
     * Makes one.
     *
     * @param job counts from 0
     * @param survey what is known of the run
     * @throws IOException when there is no room for its files
     */
    Checker make(int job, Survey survey) throws IOException;
}
