package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import java.util.Set;
import org.objectweb.asm.MethodVisitor;

/**
 * Loads, only where they are recorded: the methods that {@link StoreMethods} weaves report what they read, and so do those
 * that hand memory to the kernel or to native code of the JDK.
 */
final class LoadMethods {
    /** Classes that are woven for their loads alone. */
    static final Set<String> CHECKSUMS = Set.of("java/util/zip/CRC32", "java/util/zip/CRC32C", "java/util/zip/Adler32");

    private LoadMethods() {}

    /**
     * The methods of ScopedMemoryAccess.
     *
     * @return null for a method that loads nothing
     */
    static MethodVisitor scoped(MethodVisitor next, int access, String name, String descriptor) {
        if ((access & ACC_PUBLIC) == 0) {
            return null;
        }
        if ((access & ACC_STATIC) != 0) {
            return VectorMethods.weaveLoad(next, name, descriptor);
        }
        if (name.equals("vectorizedMismatch")) {
            return reportComparison(next);
        }
        LoadHook hook = LoadHook.of(name, descriptor, name.startsWith("copy") ? 2 : 1);
        return hook == null
                ? null
                : new BeforeReturn(next, LoadHook.STACK) {
                    @Override
                    void emit(MethodVisitor method) {
                        hook.emit(method);
                    }
                };
    }

    /** The methods of sun.misc.Unsafe. */
    static MethodVisitor unsafe(MethodVisitor next, int access, String name, String descriptor) {
        if ((access & ACC_PUBLIC) == 0 || (access & ACC_STATIC) != 0) {
            return null;
        }
        LoadHook hook = LoadHook.of(name, descriptor, 0);
        return hook == null
                ? null
                : new BeforeReturn(next, LoadHook.STACK) {
                    @Override
                    void emit(MethodVisitor method) {
                        hook.emitRaw(method);
                    }
                };
    }

    /**
     * {@code int vectorizedMismatch(session, session, Object base, long offset, Object base, long offset, int length, int
     * log2)}.
     */
    private static MethodVisitor reportComparison(MethodVisitor next) {
        return new BeforeReturn(next, 9) {
            @Override
            void emit(MethodVisitor method) {
                method.visitInsn(DUP); // result result
                method.visitVarInsn(ALOAD, 3);
                method.visitVarInsn(LLOAD, 4);
                method.visitVarInsn(ALOAD, 6);
                method.visitVarInsn(LLOAD, 7);
                method.visitVarInsn(ILOAD, 9);
                method.visitVarInsn(ILOAD, 10); // result result base offset base offset length log2
                method.visitMethodInsn(
                        INVOKESTATIC,
                        RuntimeInjector.HOOKS,
                        "compared",
                        "(ILjava/lang/Object;JLjava/lang/Object;JII)V",
                        false);
            }
        };
    }

    /** The dispatchers of files, sockets and pipes: what is written was read from memory. */
    static MethodVisitor dispatcher(MethodVisitor next, int access, String name, String descriptor) {
        if ((access & ACC_STATIC) != 0) {
            return null;
        }
        return switch (name + descriptor) {
            // int write(FileDescriptor fd, long address, int length), and with a position
            case "write(Ljava/io/FileDescriptor;JI)I", "pwrite(Ljava/io/FileDescriptor;JIJ)I" -> reportSent(next);
            // long writev(FileDescriptor fd, long address of iovec[], int count)
            case "writev(Ljava/io/FileDescriptor;JI)J" -> reportSentVectors(next);
            default -> null;
        };
    }

    private static MethodVisitor reportSent(MethodVisitor next) {
        return new BeforeReturn(next, 5) {
            @Override
            void emit(MethodVisitor method) {
                method.visitInsn(DUP); // n n
                method.visitInsn(I2L); // n length
                method.visitVarInsn(LLOAD, 2); // n length address
                method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "sent", "(JJ)V", false);
            }
        };
    }

    private static MethodVisitor reportSentVectors(MethodVisitor next) {
        return new BeforeReturn(next, 5) {
            @Override
            void emit(MethodVisitor method) {
                method.visitInsn(DUP2); // n n
                method.visitVarInsn(LLOAD, 2);
                method.visitVarInsn(ILOAD, 4); // n n vectors count
                method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "sentVectors", "(JJI)V", false);
            }
        };
    }

    /** {@code void update(ByteBuffer)} of a checksum: an intrinsic reads it, or native code. */
    static MethodVisitor checksum(MethodVisitor next, String name, String descriptor) {
        return name.equals("update") && descriptor.equals("(Ljava/nio/ByteBuffer;)V") ? reportReading(next) : null;
    }

    /** {@code void setInput(ByteBuffer)} of Inflater and Deflater, whose native code reads it. */
    static MethodVisitor zip(MethodVisitor next, String name, String descriptor) {
        return name.equals("setInput") && descriptor.equals("(Ljava/nio/ByteBuffer;)V") ? reportReading(next) : null;
    }

    /** Reports what remains of the buffer before it is read, as its position tells nothing afterwards. */
    private static MethodVisitor reportReading(MethodVisitor next) {
        return new MethodVisitor(ASM9, next) {
            @Override
            public void visitCode() {
                super.visitCode();
                super.visitVarInsn(ALOAD, 1);
                super.visitMethodInsn(
                        INVOKESTATIC, RuntimeInjector.HOOKS, "reading", "(Ljava/nio/ByteBuffer;)V", false);
            }
        };
    }
}
