package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import org.objectweb.asm.MethodVisitor;

/** System calls on file descriptors: reads that the kernel puts into mapped memory, and fsync. */
final class DispatcherMethods {
    private DispatcherMethods() {}

    static MethodVisitor weave(MethodVisitor next, int access, String name, String descriptor) {
        if ((access & ACC_STATIC) != 0) {
            return null;
        }
        return switch (name + descriptor) {
            // int read(FileDescriptor fd, long address, int length), and with a position
            case "read(Ljava/io/FileDescriptor;JI)I", "pread(Ljava/io/FileDescriptor;JIJ)I" -> reportRead(next);
            // long readv(FileDescriptor fd, long address of iovec[], int count)
            case "readv(Ljava/io/FileDescriptor;JI)J" -> reportReadVectors(next);
            case "force(Ljava/io/FileDescriptor;Z)I" -> ForceMethods.file(next, "sun/nio/ch/FileDispatcher");
            default -> null;
        };
    }

    private static MethodVisitor reportRead(MethodVisitor next) {
        return new BeforeReturn(next, 7) {
            @Override
            void emit(MethodVisitor method) {
                method.visitInsn(DUP); // n n
                method.visitInsn(I2L); // n length
                method.visitVarInsn(LLOAD, 2); // n length address
                method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "received", "(JJ)V", false);
            }
        };
    }

    private static MethodVisitor reportReadVectors(MethodVisitor next) {
        return new BeforeReturn(next, 9) {
            @Override
            void emit(MethodVisitor method) {
                method.visitInsn(DUP2); // n n
                method.visitVarInsn(LLOAD, 2);
                method.visitVarInsn(ILOAD, 4); // n n vectors count
                method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "receivedVectors", "(JJI)V", false);
            }
        };
    }
}
