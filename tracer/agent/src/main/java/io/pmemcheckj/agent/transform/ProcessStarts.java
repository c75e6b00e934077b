package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/** The one method through which all processes are started: the runtime may change command and environment. */
public final class ProcessStarts {
    private static final String PROCESS = "java/lang/ProcessImpl";
    private static final String TEXT = "Ljava/lang/String;";
    private static final String TEXTS = "[" + TEXT;
    private static final String MAP = "Ljava/util/Map;";

    private ProcessStarts() {}

    /** True for a class that is woven. */
    public static boolean covers(String internalName) {
        return internalName.equals(PROCESS);
    }

    /** Weaves the class. */
    public static byte[] weave(byte[] original) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                        boolean starts = name.equals("start") && descriptor.startsWith("(" + TEXTS + MAP + TEXT);
                        return starts && (access & ACC_STATIC) != 0 ? new Start(next) : next;
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static final class Start extends MethodVisitor {
        Start(MethodVisitor next) {
            super(ASM9, next);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            // both see the command and the environment as they were given
            visitVarInsn(ALOAD, 0);
            visitVarInsn(ALOAD, 1);
            visitVarInsn(ALOAD, 2);
            visitMethodInsn(
                    INVOKESTATIC, RuntimeInjector.CHILDREN, "command", "(" + TEXTS + MAP + TEXT + ")" + TEXTS, false);
            visitVarInsn(ALOAD, 0);
            visitVarInsn(ALOAD, 1);
            visitMethodInsn(
                    INVOKESTATIC, RuntimeInjector.CHILDREN, "environment", "(" + TEXTS + MAP + ")" + MAP, false);
            visitVarInsn(ASTORE, 1);
            visitVarInsn(ASTORE, 0);
        }
    }
}
