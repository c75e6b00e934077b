package io.pmemcheckj.trace.layout;

/**
 * Labels of the markers that bound a test which is to be judged by itself. The thread that makes one waits for an answer: an
 * empty one for a test that nothing is wrong with, else what is.
 */
public final class TestMarkers {
    /** The label goes on with the test's name in the first line, and what it asks for in the others. */
    public static final String BEGIN = "pmemcheck-j test begins: ";

    /** The label goes on with the test's name. */
    public static final String END = "pmemcheck-j test ends: ";

    private TestMarkers() {}
}
