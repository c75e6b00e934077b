package io.pmemcheckj.api;

/**
 * Decides whether a program can live with what a crash left: its recovery, and whatever must hold after it. Given to {@code
 * pmemcheck-j crash --check-class}, which calls it for one state after the other, on one object and one thread, in a process
 * of its own. The class needs a constructor without parameters.
 *
 * <p>It should depend on nothing but the image: state that it keeps from one call to the next makes results that nobody can
 * reproduce.
 */
@FunctionalInterface
public interface CrashCheck {

    /**
     * Looks at one state. Returning means that it is consistent, and so does {@code System.exit(0)}.
     *
     * @param image what the crash left; the check may change it, as recoveries do
     * @throws Throwable anything at all, where the state is not consistent
     */
    void check(CrashImage image) throws Throwable;
}
