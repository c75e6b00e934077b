package io.pmemcheckj.runtime;

import java.util.function.UnaryOperator;

/** Classes that the JVM does not show its agents: those defined by a Lookup as hidden, among them those of lambdas. */
final class HiddenClasses {
    private static final int HIDDEN = 2; // MethodHandleNatives.Constants.HIDDEN_CLASS

    /** The agent's; null before it has set itself up. */
    static volatile UnaryOperator<byte[]> weaver;

    private HiddenClasses() {}

    /**
     * Weaves a class that is about to be defined.
     *
     * @param host the class whose package it will be in
     * @param flags of MethodHandleNatives.Constants; other classes than hidden ones are woven as the JVM defines them
     * @return what to define in its place
     */
    static byte[] weave(byte[] classFile, Class<?> host, int flags) {
        UnaryOperator<byte[]> now = weaver;
        if ((flags & HIDDEN) == 0 || now == null || StackLook.isJdk(host)) {
            return classFile;
        }
        try {
            byte[] woven = now.apply(classFile);
            if (woven != classFile) {
                StackLook.hiddenClasses = true;
            }
            return woven;
        } catch (Throwable e) {
            Sites.distrustMarks();
            StackLook.hiddenClasses = true;
            return classFile;
        }
    }
}
