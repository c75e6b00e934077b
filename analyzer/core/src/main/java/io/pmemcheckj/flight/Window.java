package io.pmemcheckj.flight;

import io.pmemcheckj.findings.Flight.Activity;
import java.util.Comparator;
import java.util.List;

/** A stretch of time in the life of a thread, and what ran in it. */
final class Window {
    private static final int MOST = 8;

    private final long fromUs;
    private final long toUs;
    private final boolean ofFlush;
    private final long threadId;
    private final String threadName;
    private final Longest<Activity> found;

    private Window(long fromUs, long toUs, boolean ofFlush, long threadId, String threadName) {
        this.fromUs = fromUs;
        this.toUs = toUs;
        this.ofFlush = ofFlush;
        this.threadId = threadId;
        this.threadName = threadName;
        found = new Longest<>(MOST, this::overlap);
    }

    /** Of a flush: the disk is one for all threads, so what they do with files counts, too. */
    static Window ofFlush(long fromUs, long durationUs, long threadId) {
        return new Window(fromUs, fromUs + durationUs, true, threadId, null);
    }

    /** Of a finding, whose thread is known by its name alone. */
    static Window ofThread(long fromUs, long toUs, String threadName) {
        return new Window(fromUs, toUs, false, 0, threadName);
    }

    private long overlap(Activity activity) {
        return Math.min(toUs, activity.endUs()) - Math.max(fromUs, activity.atUs());
    }

    void offer(Activity activity, long activityThread) {
        if (overlap(activity) > 0 && concerns(activity, activityThread)) {
            found.add(activity);
        }
    }

    private boolean concerns(Activity activity, long activityThread) {
        if (activity.kind().equals(Activities.GC_PAUSE)) {
            return true;
        }
        if (!ofFlush) {
            return threadName != null && threadName.equals(activity.thread());
        }
        // What the thread itself did with a file meanwhile is this flush, by another name.
        return Activities.isFile(activity) ? activityThread != threadId : activityThread == threadId;
    }

    /** In order of time. */
    List<Activity> found() {
        return found.kept(Comparator.comparingLong(Activity::atUs));
    }

    int left() {
        return found.left();
    }

    long fromUs() {
        return fromUs;
    }

    long toUs() {
        return toUs;
    }

    /** @return null where not known */
    String threadName() {
        return threadName;
    }
}
