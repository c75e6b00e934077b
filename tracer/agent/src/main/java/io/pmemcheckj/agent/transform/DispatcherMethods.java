package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import org.objectweb.asm.MethodVisitor;

/** System calls on file descriptors: reads that the kernel puts into mapped memory, writes to mapped files, and fsync. */
final class DispatcherMethods {
    private DispatcherMethods() {}

    /** The dispatchers of sockets and pipes, which have no file. */
    static MethodVisitor channel(MethodVisitor next, int access, String name, String descriptor) {
        if ((access & ACC_STATIC) != 0) {
            return null;
        }
        return switch (name + descriptor) {
            // int read(FileDescriptor fd, long address, int length), and with a position
            case "read(Ljava/io/FileDescriptor;JI)I", "pread(Ljava/io/FileDescriptor;JIJ)I" -> reportRead(next);
            // long readv(FileDescriptor fd, long address of iovec[], int count)
            case "readv(Ljava/io/FileDescriptor;JI)J" -> reportReadVectors(next);
            default -> null;
        };
    }

    /** The dispatchers of files. */
    static MethodVisitor file(MethodVisitor next, int access, String name, String descriptor) {
        if ((access & ACC_STATIC) != 0) {
            return null;
        }
        return switch (name + descriptor) {
            case "force(Ljava/io/FileDescriptor;Z)I" -> ForceMethods.file(next, "sun/nio/ch/FileDispatcher");
            // int write(FileDescriptor fd, long address, int length), and with a position
            case "write(Ljava/io/FileDescriptor;JI)I" -> reportWrite(next, -1);
            case "pwrite(Ljava/io/FileDescriptor;JIJ)I" -> reportWrite(next, 5);
            // long writev(FileDescriptor fd, long address of iovec[], int count)
            case "writev(Ljava/io/FileDescriptor;JI)J" -> reportWriteVectors(next);
            // int truncate(FileDescriptor fd, long length)
            case "truncate(Ljava/io/FileDescriptor;J)I" -> reportResize(next);
            // long transferTo(FileDescriptor source, long position, long count, FileDescriptor target, boolean append)
            case "transferTo(Ljava/io/FileDescriptor;JJLjava/io/FileDescriptor;Z)J" -> reportCopy(next, 6, -1);
            // long transferFrom(FileDescriptor source, FileDescriptor target, long position, long count, boolean
            // append)
            case "transferFrom(Ljava/io/FileDescriptor;Ljava/io/FileDescriptor;JJZ)J" -> reportCopy(next, 2, 3);
            default -> channel(next, access, name, descriptor);
        };
    }

    /**
     * Reports a copy within the kernel: the method returns the number of bytes, a long.
     *
     * @param target local variable with the descriptor of the file written to
     * @param position local variable with the place in it, -1 for the descriptor's position
     */
    static MethodVisitor reportCopy(MethodVisitor next, int target, int position) {
        return new BeforeReturn(next, 5) {
            @Override
            void emit(MethodVisitor method) {
                method.visitInsn(DUP2); // n n
                method.visitVarInsn(ALOAD, target);
                pushPosition(method, position); // n n target position
                method.visitMethodInsn(
                        INVOKESTATIC, RuntimeInjector.HOOKS, "copied", "(JLjava/io/FileDescriptor;J)V", false);
            }
        };
    }

    private static void pushPosition(MethodVisitor method, int local) {
        if (local < 0) {
            method.visitLdcInsn(-1L);
        } else {
            method.visitVarInsn(LLOAD, local);
        }
    }

    private static MethodVisitor reportWrite(MethodVisitor next, int position) {
        return new BeforeReturn(next, 8) {
            @Override
            void emit(MethodVisitor method) {
                method.visitInsn(DUP); // n n
                method.visitInsn(I2L);
                method.visitVarInsn(ALOAD, 1);
                method.visitVarInsn(LLOAD, 2);
                pushPosition(method, position); // n length fd address position
                method.visitMethodInsn(
                        INVOKESTATIC, RuntimeInjector.HOOKS, "written", "(JLjava/io/FileDescriptor;JJ)V", false);
            }
        };
    }

    private static MethodVisitor reportWriteVectors(MethodVisitor next) {
        return new BeforeReturn(next, 6) {
            @Override
            void emit(MethodVisitor method) {
                method.visitInsn(DUP2); // n n
                method.visitVarInsn(ALOAD, 1);
                method.visitVarInsn(LLOAD, 2);
                method.visitVarInsn(ILOAD, 4); // n n fd vectors count
                method.visitMethodInsn(
                        INVOKESTATIC, RuntimeInjector.HOOKS, "writtenVectors", "(JLjava/io/FileDescriptor;JI)V", false);
            }
        };
    }

    private static MethodVisitor reportResize(MethodVisitor next) {
        return new BeforeReturn(next, 4) {
            @Override
            void emit(MethodVisitor method) {
                method.visitInsn(DUP); // error error
                method.visitVarInsn(ALOAD, 1);
                method.visitVarInsn(LLOAD, 2); // error error fd length
                method.visitMethodInsn(
                        INVOKESTATIC, RuntimeInjector.HOOKS, "resized", "(ILjava/io/FileDescriptor;J)V", false);
            }
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
