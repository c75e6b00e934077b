package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import org.objectweb.asm.MethodVisitor;

/**
 * Definition of hidden classes, which the JVM keeps from class file transformers; and what stood in for some of them
 * before.
 */
final class DefineMethods {
    private static final String LOOKUP = "java/lang/invoke/MethodHandles$Lookup";

    private DefineMethods() {}

    /** {@code Class defineClass(boolean initialize, Object classData)}: the first use of its bytes is to define them. */
    static MethodVisitor weave(MethodVisitor next, String owner, String name, String descriptor) {
        if (!name.equals("defineClass") || !descriptor.equals("(ZLjava/lang/Object;)Ljava/lang/Class;")) {
            return null;
        }
        return new MethodVisitor(ASM9, next) {
            private boolean done;

            @Override
            public void visitFieldInsn(int opcode, String fieldOwner, String field, String type) {
                super.visitFieldInsn(opcode, fieldOwner, field, type);
                if (!done && opcode == GETFIELD && field.equals("bytes") && type.equals("[B")) {
                    done = true;
                    super.visitVarInsn(ALOAD, 0);
                    super.visitFieldInsn(GETFIELD, owner, "lookup", "L" + LOOKUP + ";");
                    super.visitMethodInsn(INVOKEVIRTUAL, LOOKUP, "lookupClass", "()Ljava/lang/Class;", false);
                    super.visitVarInsn(ALOAD, 0);
                    super.visitFieldInsn(GETFIELD, owner, "classFlags", "I"); // classFile host flags
                    super.visitMethodInsn(
                            INVOKESTATIC, RuntimeInjector.HOOKS, "defining", "([BLjava/lang/Class;I)[B", false);
                }
            }

            @Override
            public void visitMaxs(int maxStack, int maxLocals) {
                super.visitMaxs(maxStack + 3, maxLocals);
            }
        };
    }

    /**
     * {@code invoke} of the handler behind a proxy for a method handle. It is called through an interface of the program
     * and may call a method of a buffer: its caller is to be looked up.
     */
    static MethodVisitor proxy(MethodVisitor next, String name) {
        if (!name.equals("invoke")) {
            return null;
        }
        return new MethodVisitor(ASM9, next) {
            @Override
            public void visitCode() {
                super.visitCode();
                super.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "unmark", "()V", false);
            }
        };
    }
}
