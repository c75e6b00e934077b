package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import org.objectweb.asm.MethodVisitor;

/** Buffers and segments made for an address that comes from native code, which may have mapped a file there. */
final class ForeignMethods {
    private ForeignMethods() {}

    /** The constructor that JNI's NewDirectByteBuffer calls: {@code (long address, int or long capacity)}. */
    static MethodVisitor buffer(MethodVisitor next, String name, String descriptor) {
        if (!name.equals("<init>") || !descriptor.equals("(JI)V") && !descriptor.equals("(JJ)V")) {
            return null;
        }
        boolean isLong = descriptor.equals("(JJ)V");
        return new BeforeReturn(next, 4) {
            @Override
            void emit(MethodVisitor method) {
                method.visitVarInsn(LLOAD, 1);
                method.visitVarInsn(isLong ? LLOAD : ILOAD, 3);
                if (!isLong) {
                    method.visitInsn(I2L);
                }
                report(method);
            }
        };
    }

    /** {@code static makeNativeSegmentUnchecked(long address, long size, ...)}: what reinterpret and ofAddress call. */
    static MethodVisitor segment(MethodVisitor next, int access, String name, String descriptor) {
        if (!name.equals("makeNativeSegmentUnchecked") || !descriptor.startsWith("(JJ") || (access & ACC_STATIC) == 0) {
            return null;
        }
        return new BeforeReturn(next, 4) {
            @Override
            void emit(MethodVisitor method) {
                method.visitVarInsn(LLOAD, 0);
                method.visitVarInsn(LLOAD, 2);
                report(method);
            }
        };
    }

    private static void report(MethodVisitor method) {
        method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "foreign", "(JJ)V", false);
    }
}
