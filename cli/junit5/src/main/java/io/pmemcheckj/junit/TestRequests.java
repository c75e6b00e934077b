package io.pmemcheckj.junit;

/** What tests ask of the tracer. Without it nothing happens here: the agent lets each method call its counterpart. */
final class TestRequests {
    private TestRequests() {}

    /** Whether this JVM is traced. */
    public static boolean isActive() {
        return false;
    }

    /**
     * A test begins, or a class of tests.
     *
     * @param test a name of its own, then a line for each thing that it asks for
     * @return why it cannot be judged, empty if it can; null when nobody answers
     */
    public static String beginTest(String test) {
        return null;
    }

    /**
     * The test is over.
     *
     * @param name the one it began with
     * @return what is wrong with it, empty for nothing; null when nobody answers
     */
    public static String endTest(String name) {
        return null;
    }

    /**
     * Lets READ_WRITE_SYNC maps work below folders from now on.
     *
     * @param folders absolute, without links; empty for everywhere, null for nowhere
     * @return those until now
     */
    public static String[] emulatePmem(String[] folders) {
        return null;
    }
}
