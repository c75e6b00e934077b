package io.pmemcheckj.runtime;

/**
 * Lets a test fail that states an expectation which does not hold. Whether it holds is known to the replay alone, so the
 * thread waits until that has come to its event. Only code that a test framework called waits: to all other programs an
 * expectation is no more than a line in the report.
 */
final class Expectations {
    private static final String[] TEST_FRAMEWORKS = {
        "org.junit.", "junit.framework.", "org.testng.", "org.spockframework."
    };
    private static final String RUNTIME = "java.lang.PmemcheckJ";

    private static final int NONE = -1;

    /** False when failures are for the report alone. */
    static boolean failTests = true;

    /** Whether a test declared an order: then it is looked at after each fence. */
    private static volatile boolean ordered;

    private Expectations() {}

    /**
     * To be called before the event of an expectation.
     *
     * @return what {@link #settle} wants to have
     */
    static int begin() {
        return failTests && inTest() ? Ring.claimAnswer(thread()) : NONE;
    }

    /** The same before the event of a declared order. */
    static int beginOrder() {
        int answer = begin();
        if (answer != NONE) {
            ordered = true;
        }
        return answer;
    }

    /** The same before a fence, which may show that a declared order is not kept. */
    static int beginFence() {
        return ordered ? begin() : NONE;
    }

    /**
     * To be called after the event.
     *
     * @throws AssertionError when something expected is not so, and a test should know
     */
    static void settle(int answer) {
        if (answer == NONE) {
            return;
        }
        String failure = answerTo(answer);
        if (failure != null) {
            AssertionError error = new AssertionError(failure);
            error.setStackTrace(withoutRuntime(error.getStackTrace()));
            throw error;
        }
    }

    /** Takes a place for an answer; waits for one, as whoever has one gets its answer soon. */
    static int claim() {
        int answer = NONE;
        for (int naps = 0; !Tracked.disabled(); naps++) {
            answer = Ring.claimAnswer(thread());
            if (answer != NONE) {
                return answer;
            }
            Ring.nap(naps);
        }
        return answer;
    }

    /** Waits until the replay has come to what this thread did. @return the answer, null for none */
    static String answerTo(int answer) {
        if (answer == NONE) {
            return null;
        }
        Recorders.current().awaitDelivery();
        return Ring.takeAnswer(answer);
    }

    private static int thread() {
        return Recorders.id(Thread.currentThread());
    }

    private static boolean inTest() {
        for (StackTraceElement frame : new Throwable().getStackTrace()) {
            for (String framework : TEST_FRAMEWORKS) {
                if (frame.getClassName().startsWith(framework)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static StackTraceElement[] withoutRuntime(StackTraceElement[] frames) {
        int own = 0;
        while (own < frames.length && frames[own].getClassName().startsWith(RUNTIME)) {
            own++;
        }
        StackTraceElement[] rest = new StackTraceElement[frames.length - own];
        System.arraycopy(frames, own, rest, 0, rest.length);
        return rest;
    }
}
