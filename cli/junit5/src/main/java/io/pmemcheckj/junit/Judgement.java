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
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** What the tracer takes for the name and options of a test, in characters. */
    private static final int LONGEST = 4000;

    private static final Pattern FRAME = Pattern.compile("(?m)^ +at (.+)\\.(.+?)\\((.+):(\\d+)\\)$");

    private final String name;
    private final ReentrantLock turn;
    private final boolean emulates;
    private final String[] emulatedBefore;

    /** For the dynamic tests in this one. */
    private final ReentrantLock turnOfParts = new ReentrantLock();

    private Judgement(String name, ReentrantLock turn, boolean emulates, String[] emulatedBefore) {
        this.name = name;
        this.turn = turn;
        this.emulates = emulates;
        this.emulatedBefore = emulatedBefore;
    }

    ReentrantLock turnOfParts() {
        return turnOfParts;
    }

    /**
     * From now on what happens belongs to the test.
     *
     * @param turn held until the end, so that tests which it is for come one after the other
     * @return null when this thread is in the midst of another such test, which has this one run within it
     * @throws AssertionError when the test cannot be judged
     */
    static Judgement begin(String test, Settings settings, ReentrantLock turn) {
        String untraced = Attachment.ensure();
        if (untraced != null) {
            throw new AssertionError(untraced);
        }
        if (turn.isHeldByCurrentThread()) {
            return null;
        }
        String[] folders = settings.emulatePmem().isEmpty() ? null : settings.emulatedFolders();
        String name = NUMBERS.incrementAndGet() + " " + test.replace('\n', ' ');
        String request = name + "\n" + settings.request();
        if (request.length() > LONGEST) {
            throw new AssertionError("the options of the check are too long: " + settings.request());
        }
        turn.lock();
        String refusal = TestRequests.beginTest(request);
        if (refusal == null || !refusal.isEmpty()) {
            turn.unlock();
            throw new AssertionError(refusal == null ? noAnswer() : refusal);
        }
        return new Judgement(name, turn, folders != null, folders == null ? null : TestRequests.emulatePmem(folders));
    }

    private static String noAnswer() {
        return "the tracer does not answer, so the test is not checked; it says why in the report of the run";
    }

    /**
     * The test is over.
     *
     * @param failure how it ended by itself, if it did
     * @throws AssertionError with what is wrong with it
     */
    void end(Optional<Throwable> failure) {
        String wrong;
        try {
            if (emulates) {
                TestRequests.emulatePmem(emulatedBefore);
            }
            wrong = TestRequests.endTest(name);
        } finally {
            turn.unlock();
        }
        boolean aborted = failure.filter(TestAbortedException.class::isInstance).isPresent();
        if (!aborted && (wrong == null || !wrong.isEmpty())) {
            throw wrong == null ? new AssertionError(noAnswer()) : failure(wrong);
        }
    }

    /** It comes from where the first finding is, for those who click on it. */
    private static AssertionError failure(String wrong) {
        AssertionError failure = new AssertionError(wrong);
        List<StackTraceElement> stack = new ArrayList<>();
        Matcher frame = FRAME.matcher(wrong.split("\n\n", 2)[0]);
        while (frame.find()) {
            stack.add(new StackTraceElement(
                    frame.group(1), frame.group(2), frame.group(3), Integer.parseInt(frame.group(4))));
        }
        if (!stack.isEmpty()) {
            failure.setStackTrace(stack.toArray(new StackTraceElement[0]));
        }
        return failure;
    }
}
