package io.pmemcheckj.runtime;

/** The platform thread that runs a thread. */
final class Carrier {
    private Carrier() {}

    /**
     * The platform thread that runs the current thread.
     *
     * @param current the current thread
     */
    static Thread of(Thread current) {
        // On JDK 21 and later the agent makes this a call of currentCarrierThread, which JDK 17 does not have and which
        // only java.lang may call.
        return Thread.currentThread();
    }
}
