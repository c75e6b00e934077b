package io.pmemcheckj.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.TestAbortedException;

/** One test, or the code around the tests of a class, while it runs and is judged. */
final class Judgement {
    private static final String NO_ANSWER =
            "the tracer does not answer, so the test is not checked; the report of the run, or analyze of its trace, says why";

    private static final AtomicLong NUMBERS = new AtomicLong();

    /** What the tracer takes for the name and options of a test, in characters. */
    private static final int LONGEST = 4000;

    /** Of a test's display name, which only tells readers of a trace which one it was. */
    private static final int LONGEST_SHOWN = 200;

    private static final Pattern FRAME = Pattern.compile("(?m)^ +at (.+)\\.(.+?)\\((.+):(\\d+)\\)$");

    private static final Pattern STACK = Pattern.compile("(?m)\\n    stack[^\\n]*:(\\n {6}.*)*");

    private final String name;
    private final ReentrantLock turn;
    private final boolean emulates;
    private final String[] emulatedBefore;
    private final String refusal;

    /** For the dynamic tests in this one. */
    private final ReentrantLock turnOfParts = new ReentrantLock();

    private Judgement(String name, ReentrantLock turn, boolean emulates, String[] emulatedBefore, String refusal) {
        this.name = name;
        this.turn = turn;
        this.emulates = emulates;
        this.emulatedBefore = emulatedBefore;
        this.refusal = refusal;
    }

    private static Judgement refused(String reason) {
        return new Judgement("", null, false, null, reason);
    }

    /** Whether the test cannot be judged, which its end will say. */
    boolean isRefused() {
        return refusal != null;
    }

    ReentrantLock turnOfParts() {
        return turnOfParts;
    }

    /**
     * From now on what happens belongs to the test.
     *
     * @param turn held until the end, so that tests which it is for come one after the other
     * @return null when this thread is in the midst of another such test, which has this one run within it
     */
    static Judgement begin(String test, Settings settings, ReentrantLock turn) {
        String untraced = Attachment.ensure();
        if (untraced != null) {
            return refused(untraced);
        }
        if (turn.isHeldByCurrentThread()) {
            return null;
        }
        String[] folders = settings.emulatePmem().isEmpty() ? null : settings.emulatedFolders();
        String shown = test.substring(0, Math.min(test.length(), LONGEST_SHOWN)).replace('\n', ' ');
        String name = NUMBERS.incrementAndGet() + " " + shown;
        String request = name + "\n" + settings.request();
        if (request.length() > LONGEST) {
            return refused("the options of the check are too long: " + settings.request());
        }
        turn.lock();
        String refusal = TestRequests.beginTest(request);
        if (refusal == null || !refusal.isEmpty()) {
            turn.unlock();
            return refused(refusal == null ? NO_ANSWER : refusal);
        }
        String[] emulatedBefore = folders == null ? null : TestRequests.emulatePmem(folders);
        return new Judgement(name, turn, folders != null, emulatedBefore, null);
    }

    /**
     * The test is over.
     *
     * @param failure how it ended by itself, if it did
     * @throws AssertionError with what is wrong with it
     */
    void end(Optional<Throwable> failure) {
        String wrong = isRefused() ? refusal : askAndLetOthers();
        boolean aborted = failure.filter(TestAbortedException.class::isInstance).isPresent();
        if (!aborted && (wrong == null || !wrong.isEmpty())) {
            throw failure(wrong == null ? NO_ANSWER : wrong);
        }
    }

    private String askAndLetOthers() {
        try {
            if (emulates) {
                TestRequests.emulatePmem(emulatedBefore);
            }
            return TestRequests.endTest(name);
        } finally {
            turn.unlock();
        }
    }

    /** The stack of the first finding is that of the error, for those who click on it. */
    private static AssertionError failure(String wrong) {
        String first = wrong.split("\n\n", 2)[0];
        List<StackTraceElement> stack = new ArrayList<>();
        Matcher frame = FRAME.matcher(first);
        while (frame.find()) {
            stack.add(new StackTraceElement(
                    frame.group(1), frame.group(2), frame.group(3), Integer.parseInt(frame.group(4))));
        }
        if (stack.isEmpty()) {
            return new AssertionError(wrong);
        }
        String rest = wrong.substring(first.length());
        AssertionError failure = new AssertionError(STACK.matcher(first).replaceFirst("") + rest);
        failure.setStackTrace(stack.toArray(new StackTraceElement[0]));
        return failure;
    }
}
