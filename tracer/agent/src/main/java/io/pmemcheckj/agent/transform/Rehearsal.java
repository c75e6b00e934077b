package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/**
 * Weaves a class made up for the purpose, in a thread of its own: what weaving needs is loaded meanwhile, and loading
 * takes as long as the weaving itself.
 */
public final class Rehearsal implements Runnable {
    private Rehearsal() {}

    /** Starts the thread; the program must not find it running. */
    public static Thread start() {
        Thread thread = new Thread(null, new Rehearsal(), "pmemcheck-j start");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void run() {
        JdkWeaver.weave(JdkWeaver.SCOPED, sample());
    }

    /** {@code void putInt(Object session, Object base, long offset, int value) {}}. */
    private static byte[] sample() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(V17, ACC_PUBLIC, "Sample", null, "java/lang/Object", null);
        MethodVisitor method =
                writer.visitMethod(ACC_PUBLIC, "putInt", "(Ljava/lang/Object;Ljava/lang/Object;JI)V", null, null);
        method.visitCode();
        method.visitInsn(RETURN);
        method.visitMaxs(0, 6);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
