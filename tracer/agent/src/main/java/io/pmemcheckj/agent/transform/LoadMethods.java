package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import java.util.Set;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Loads, only where they are recorded: the methods that {@link StoreMethods} weaves report what they read, and so do those
 * that hand memory to the kernel or to native code of the JDK.
 */
final class LoadMethods {
    /** Classes that are woven for their loads alone. */
    static final Set<String> CHECKSUMS = Set.of("java/util/zip/CRC32", "java/util/zip/CRC32C", "java/util/zip/Adler32");

    static final String INPUT_STREAM = "java/io/FileInputStream";

    private static final String FILE = "Ljava/io/FileDescriptor;";

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

    /** The dispatchers of files: also what is read through a descriptor. */
    static MethodVisitor file(MethodVisitor next, int access, String name, String descriptor) {
        if ((access & ACC_STATIC) != 0) {
            return null;
        }
        return switch (name + descriptor) {
            // int read(FileDescriptor fd, long address, int length), and with a position
            case "read(" + FILE + "JI)I" -> reportRead(next, Type.INT_TYPE, 1, -1);
            case "pread(" + FILE + "JIJ)I" -> reportRead(next, Type.INT_TYPE, 1, 5);
            // long readv(FileDescriptor fd, long address of iovec[], int count)
            case "readv(" + FILE + "JI)J" -> reportRead(next, Type.LONG_TYPE, 1, -1);
            // long transferTo(FileDescriptor source, long position, long count, FileDescriptor target, boolean append)
            case "transferTo(" + FILE + "JJ" + FILE + "Z)J" -> reportRead(next, Type.LONG_TYPE, 1, 2);
            // long transferFrom(FileDescriptor source, FileDescriptor target, long position, long count, boolean
            // append)
            case "transferFrom(" + FILE + FILE + "JJZ)J" -> reportRead(next, Type.LONG_TYPE, 1, -1);
            default -> dispatcher(next, access, name, descriptor);
        };
    }

    /**
     * Reports a read from a file: the method returns the number of bytes, an int or a long.
     *
     * @param file local variable with the descriptor
     * @param position local variable with the place in the file, -1 for the descriptor's position
     */
    private static MethodVisitor reportRead(MethodVisitor next, Type result, int file, int position) {
        return new BeforeReturn(next, 7) {
            @Override
            void emit(MethodVisitor method) {
                duplicateAsLong(method, result); // n length
                method.visitVarInsn(ALOAD, file);
                pushPosition(method, position);
                callRead(method);
            }
        };
    }

    private static void duplicateAsLong(MethodVisitor method, Type result) {
        if (result == Type.LONG_TYPE) {
            method.visitInsn(DUP2);
        } else {
            method.visitInsn(DUP);
            method.visitInsn(I2L);
        }
    }

    private static void pushPosition(MethodVisitor method, int local) {
        if (local < 0) {
            method.visitLdcInsn(-1L);
        } else {
            method.visitVarInsn(LLOAD, local);
        }
    }

    private static void callRead(MethodVisitor method) {
        method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "read", "(J" + FILE + "J)V", false);
    }

    /** FileChannelImpl, which on JDK 17 has the kernel copy from its file: the place is in the first local variable. */
    static MethodVisitor channel(MethodVisitor next, String owner, String name, String descriptor) {
        return MapMethods.isTransferTo(name, descriptor) ? reportOwnRead(next, owner, Type.LONG_TYPE, 1) : null;
    }

    /** FileInputStream and RandomAccessFile: every method behind which there is a read system call. */
    static MethodVisitor stream(MethodVisitor next, String owner, String name, String descriptor) {
        return switch (name + descriptor) {
            case "read()I" -> reportByte(next, owner);
            case "read([B)I", "read([BII)I" -> reportOwnRead(next, owner, Type.INT_TYPE, -1);
            default -> null;
        };
    }

    private static MethodVisitor reportOwnRead(MethodVisitor next, String owner, Type result, int position) {
        return new BeforeReturn(next, 7) {
            @Override
            void emit(MethodVisitor method) {
                duplicateAsLong(method, result); // n length
                method.visitVarInsn(ALOAD, 0);
                method.visitFieldInsn(GETFIELD, owner, "fd", FILE);
                pushPosition(method, position);
                callRead(method);
            }
        };
    }

    private static MethodVisitor reportByte(MethodVisitor next, String owner) {
        return new BeforeReturn(next, 2) {
            @Override
            void emit(MethodVisitor method) {
                method.visitInsn(DUP); // byte byte
                method.visitVarInsn(ALOAD, 0);
                method.visitFieldInsn(GETFIELD, owner, "fd", FILE);
                method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "readByte", "(I" + FILE + ")V", false);
            }
        };
    }

    /** The copies of {@link ChangedFileMethods}. */
    static MethodVisitor copy(MethodVisitor next, int access, String name, String descriptor) {
        if (!ChangedFileMethods.isCopy(name, descriptor)) {
            return null;
        }
        int source = (access & ACC_STATIC) != 0 ? 0 : 1;
        return new BeforeReturn(next, 1) {
            @Override
            void emit(MethodVisitor method) {
                method.visitVarInsn(ALOAD, source);
                method.visitMethodInsn(
                        INVOKESTATIC, RuntimeInjector.HOOKS, "readAll", "(Ljava/nio/file/Path;)V", false);
            }
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
