package io.pmemcheckj.callers;

/** Code that is not the runtime's, for its looks at the stack. */
public final class Caller {
    private Caller() {}

    /** Runs a task below that many frames of this method. */
    public static void call(int depth, Runnable task) {
        if (depth > 1) {
            call(depth - 1, task);
        } else {
            task.run();
        }
    }
}
