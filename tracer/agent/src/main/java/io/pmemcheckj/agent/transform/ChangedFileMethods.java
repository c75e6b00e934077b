package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import java.util.Set;
import org.objectweb.asm.MethodVisitor;

/**
 * What only matters where values are recorded: methods that change files through a descriptor report that they are about
 * to, so that somebody can look before what the files hold; and copies that no channel makes.
 */
final class ChangedFileMethods {
    /** Copies of files by java.nio, on JDK 17 and on later ones; woven for that alone. */
    static final Set<String> COPIES = Set.of("sun/nio/fs/UnixCopyFile", "sun/nio/fs/UnixFileSystem");

    private static final String FILE = "Ljava/io/FileDescriptor;";
    private static final String UNIX_PATH = "Lsun/nio/fs/UnixPath;";

    private ChangedFileMethods() {}

    /** The dispatchers of files; what they do is in {@link DispatcherMethods}. */
    static MethodVisitor dispatcher(MethodVisitor next, int access, String name, String descriptor) {
        if ((access & ACC_STATIC) != 0) {
            return null;
        }
        return switch (name + descriptor) {
            case "write(" + FILE + "JI)I",
                    "pwrite(" + FILE + "JIJ)I",
                    "writev(" + FILE + "JI)J",
                    "truncate(" + FILE + "J)I" -> report(next, 1);
            case "transferTo(" + FILE + "JJ" + FILE + "Z)J" -> report(next, 6);
            case "transferFrom(" + FILE + FILE + "JJZ)J" -> report(next, 2);
            default -> null;
        };
    }

    /** FileChannelImpl, which on JDK 17 makes a copy itself. */
    static MethodVisitor channel(MethodVisitor next, String name, String descriptor) {
        return MapMethods.isTransferTo(name, descriptor) ? report(next, 5) : null;
    }

    /** RandomAccessFile and FileOutputStream. */
    static MethodVisitor stream(MethodVisitor next, String owner, String name) {
        if (!name.equals("write") && !name.equals("writeBytes") && !name.equals("writeChars")) {
            return null;
        }
        return new MethodVisitor(ASM9, next) {
            @Override
            public void visitCode() {
                super.visitCode();
                super.visitVarInsn(ALOAD, 0);
                super.visitFieldInsn(GETFIELD, owner, "fd", FILE);
                reportTop(mv);
            }
        };
    }

    /** {@code static void rename(UnixPath from, UnixPath to), link(UnixPath existing, UnixPath more)} of java.nio. */
    static MethodVisitor names(MethodVisitor next, String name, String descriptor) {
        return switch (name + descriptor) {
            case "rename(" + UNIX_PATH + UNIX_PATH + ")V", "link(" + UNIX_PATH + UNIX_PATH + ")V" ->
                reportRenaming(next, "Ljava/nio/file/Path;");
            default -> null;
        };
    }

    /** {@code boolean renameTo(File to)}. */
    static MethodVisitor file(MethodVisitor next, String name) {
        return name.equals("renameTo") ? reportRenaming(next, "Ljava/io/File;") : null;
    }

    private static MethodVisitor reportRenaming(MethodVisitor next, String type) {
        return new MethodVisitor(ASM9, next) {
            @Override
            public void visitCode() {
                super.visitCode();
                super.visitVarInsn(ALOAD, 0);
                super.visitVarInsn(ALOAD, 1);
                super.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "renaming", "(" + type + type + ")V", false);
            }
        };
    }

    /** {@code copyFile(UnixPath source, UnixFileAttributes attributes, UnixPath target, Flags flags, long)}. */
    static MethodVisitor copy(MethodVisitor next, int access, String name, String descriptor) {
        if (!isCopy(name, descriptor)) {
            return null;
        }
        int target = (access & ACC_STATIC) != 0 ? 2 : 3;
        return new BeforeReturn(next, 1) {
            @Override
            void emit(MethodVisitor method) {
                method.visitVarInsn(ALOAD, target);
                method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "copied", "(Ljava/nio/file/Path;)V", false);
            }
        };
    }

    static boolean isCopy(String name, String descriptor) {
        return name.equals("copyFile")
                && descriptor.startsWith("(" + UNIX_PATH + "Lsun/nio/fs/UnixFileAttributes;" + UNIX_PATH);
    }

    /** Reports the descriptor in a local variable before the method does anything. */
    private static MethodVisitor report(MethodVisitor next, int local) {
        return new MethodVisitor(ASM9, next) {
            @Override
            public void visitCode() {
                super.visitCode();
                super.visitVarInsn(ALOAD, local);
                reportTop(mv);
            }
        };
    }

    private static void reportTop(MethodVisitor method) {
        method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "changing", "(" + FILE + ")V", false);
    }
}
