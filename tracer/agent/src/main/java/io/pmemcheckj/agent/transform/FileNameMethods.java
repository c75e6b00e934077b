package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import org.objectweb.asm.MethodVisitor;

/** Files that are created, renamed and removed, by java.nio and by java.io. */
final class FileNameMethods {
    static final String FILE = "java/io/File";

    private static final String UNIX_PATH = "Lsun/nio/fs/UnixPath;";
    private static final String PATH = "Ljava/nio/file/Path;";
    private static final String TEXT = "Ljava/lang/String;";
    private static final String A_FILE = "L" + FILE + ";";

    private FileNameMethods() {}

    /** {@code sun.nio.fs.UnixNativeDispatcher}, behind which all of java.nio.file is. */
    static MethodVisitor dispatcher(MethodVisitor next, String name, String descriptor) {
        return switch (name + descriptor) {
            // static int open(UnixPath path, int flags, int mode)
            case "open(" + UNIX_PATH + "II)I" -> open(next, 0, "(" + PATH + "I)Z");
            // static void unlink(UnixPath path)
            case "unlink(" + UNIX_PATH + ")V" -> remove(next, "unlink0", 0, PATH, "(Ljava/lang/Object;)V");
            // static void rename(UnixPath from, UnixPath to), link(UnixPath existing, UnixPath more)
            case "rename(" + UNIX_PATH + UNIX_PATH + ")V", "link(" + UNIX_PATH + UNIX_PATH + ")V" ->
                report(next, "renamed", false, 1, PATH);
            default -> ReceiveMethods.attribute(next, name, descriptor);
        };
    }

    /** {@code java.io.File}. */
    static MethodVisitor file(MethodVisitor next, String name, String descriptor) {
        return switch (name + descriptor) {
            case "createNewFile()Z" -> report(next, "created", true, 0, A_FILE);
            case "createTempFile(" + TEXT + TEXT + A_FILE + ")" + A_FILE -> reportTemporary(next);
            case "renameTo(" + A_FILE + ")Z" -> report(next, "renamed", true, 1, A_FILE);
            case "delete()Z" -> remove(next, "delete", 0, A_FILE, "(ZLjava/lang/Object;)V");
            default -> null;
        };
    }

    /** {@code void open(String name, int mode)} of RandomAccessFile, or with {@code boolean append} of FileOutputStream. */
    static MethodVisitor stream(MethodVisitor next, String name, String descriptor) {
        return switch (name + descriptor) {
            case "open(" + TEXT + "I)V" -> open(next, 1, "(" + TEXT + "I)Z");
            case "open(" + TEXT + "Z)V" -> open(next, 1, "(" + TEXT + "Z)Z");
            default -> null;
        };
    }

    /**
     * Weaves a method around {@code open0}.
     *
     * @param path local variable with the path; the flags are in the next
     * @param opening descriptor of the hook before
     */
    private static MethodVisitor open(MethodVisitor next, int path, String opening) {
        return new AroundCall(next, "open0", 3) {
            @Override
            void before(MethodVisitor method) {
                method.visitVarInsn(ALOAD, path);
                method.visitVarInsn(ILOAD, path + 1);
                method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "opening", opening, false);
                method.visitVarInsn(ISTORE, LOCAL);
            }

            @Override
            void after(MethodVisitor method) {
                method.visitVarInsn(ILOAD, LOCAL);
                method.visitVarInsn(ALOAD, path);
                method.visitVarInsn(ILOAD, path + 1);
                String opened = "(Z" + opening.substring(1, opening.length() - 1) + "V";
                method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "opened", opened, false);
            }
        };
    }

    /**
     * Weaves a method that removes a name.
     *
     * @param called what does it; returns nothing, or whether it was done
     * @param path local variable with the path, of this type
     * @param removed descriptor of the hook afterwards
     */
    private static MethodVisitor remove(MethodVisitor next, String called, int path, String type, String removed) {
        return new AroundCall(next, called, 2) {
            @Override
            void before(MethodVisitor method) {
                method.visitVarInsn(ALOAD, path);
                method.visitMethodInsn(
                        INVOKESTATIC, RuntimeInjector.HOOKS, "removing", "(" + type + ")Ljava/lang/Object;", false);
                method.visitVarInsn(ASTORE, LOCAL);
            }

            @Override
            void after(MethodVisitor method) {
                if (removed.startsWith("(Z")) {
                    method.visitInsn(DUP);
                }
                method.visitVarInsn(ALOAD, LOCAL);
                method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "removed", removed, false);
            }
        };
    }

    /**
     * Reports a path when a method returns.
     *
     * @param isResult whether it returns whether it was done
     * @param path local variable with the path, of this type
     */
    private static MethodVisitor report(MethodVisitor next, String hook, boolean isResult, int path, String type) {
        return new BeforeReturn(next, 2) {
            @Override
            void emit(MethodVisitor method) {
                if (isResult) {
                    method.visitInsn(DUP);
                }
                method.visitVarInsn(ALOAD, path);
                method.visitMethodInsn(
                        INVOKESTATIC, RuntimeInjector.HOOKS, hook, (isResult ? "(Z" : "(") + type + ")V", false);
            }
        };
    }

    /** Reports the file that a method returns. */
    private static MethodVisitor reportTemporary(MethodVisitor next) {
        return new BeforeReturn(next, 2) {
            @Override
            void emit(MethodVisitor method) {
                method.visitInsn(DUP); // file file
                method.visitInsn(ICONST_1);
                method.visitInsn(SWAP); // file done file
                method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "created", "(Z" + A_FILE + ")V", false);
            }
        };
    }
}
