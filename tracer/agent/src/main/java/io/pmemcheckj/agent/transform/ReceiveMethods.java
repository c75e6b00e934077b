package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** System calls that fill a caller's buffer and are not made by a dispatcher. */
final class ReceiveMethods {
    private static final String BUFFER = "Ljava/nio/ByteBuffer;";

    private ReceiveMethods() {}

    /** {@code int receiveIntoNativeBuffer(..., ByteBuffer buffer, ...)}, which moves the position behind the bytes. */
    static MethodVisitor channel(MethodVisitor next, String name, String descriptor) {
        if (!name.equals("receiveIntoNativeBuffer") || !descriptor.endsWith(")I")) {
            return null;
        }
        int local = 1; // behind this
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            if (argument.getDescriptor().equals(BUFFER)) {
                break;
            }
            local += argument.getSize();
        }
        int buffer = local;
        return new BeforeReturn(next, 4) {
            @Override
            void emit(MethodVisitor method) {
                method.visitInsn(DUP);
                method.visitInsn(I2L);
                method.visitVarInsn(ALOAD, buffer); // n length buffer
                method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "received", "(J" + BUFFER + ")V", false);
            }
        };
    }

    /** {@code static int fgetxattr(int fd, byte[] name, long address, int length)}: a user-defined file attribute. */
    static MethodVisitor attribute(MethodVisitor next, String name, String descriptor) {
        if (!name.equals("fgetxattr") || !descriptor.equals("(I[BJI)I")) {
            return null;
        }
        return new BeforeReturn(next, 5) {
            @Override
            void emit(MethodVisitor method) {
                method.visitInsn(DUP);
                method.visitInsn(I2L);
                method.visitVarInsn(LLOAD, 2); // n length address
                method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "received", "(JJ)V", false);
            }
        };
    }
}
