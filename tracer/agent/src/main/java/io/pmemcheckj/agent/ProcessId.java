package io.pmemcheckj.agent;

import java.io.File;
import java.io.IOException;

/** The number of this process. */
final class ProcessId {
    private ProcessId() {}

    /** Asks /proc, because ProcessHandle starts by making a pool of threads. */
    static long current() {
        try {
            return Long.parseLong(new File("/proc/self").getCanonicalFile().getName());
        } catch (IOException | NumberFormatException e) {
            return ProcessHandle.current().pid();
        }
    }
}
