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
        // On JDK 21 and later the agent lets this return Thread.currentCarrierThread(), which JDK 17 does not have.
        return current;
    }
}
