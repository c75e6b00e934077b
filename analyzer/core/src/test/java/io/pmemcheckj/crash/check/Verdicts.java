package io.pmemcheckj.crash.check;

/** Verdicts of tests. */
public final class Verdicts {
    private Verdicts() {}

    public static Verdict of(boolean consistent) {
        return consistent ? Verdict.CONSISTENT : Verdict.inconsistent("refused", "");
    }
}
