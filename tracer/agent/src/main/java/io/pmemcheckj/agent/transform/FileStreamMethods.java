package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import org.objectweb.asm.MethodVisitor;

/** RandomAccessFile and FileOutputStream: every method behind which there is a write system call reports it. */
final class FileStreamMethods {
    static final String RANDOM_ACCESS = "java/io/RandomAccessFile";
    static final String OUTPUT_STREAM = "java/io/FileOutputStream";

    private static final String FILE = "Ljava/io/FileDescriptor;";

    private FileStreamMethods() {}

    static MethodVisitor weave(MethodVisitor next, String owner, String name, String descriptor) {
        return switch (name + descriptor) {
            case "write(I)V" -> report(next, owner, "(" + FILE + "I)V", method -> method.visitVarInsn(ILOAD, 1));
            case "write([B)V" -> report(next, owner, "(" + FILE + "[B)V", method -> method.visitVarInsn(ALOAD, 1));
            case "write([BII)V" ->
                report(next, owner, "(" + FILE + "[BII)V", method -> {
                    method.visitVarInsn(ALOAD, 1);
                    method.visitVarInsn(ILOAD, 2);
                    method.visitVarInsn(ILOAD, 3);
                });
            case "writeBytes(Ljava/lang/String;)V" -> reportText(next, owner, Byte.BYTES);
            case "writeChars(Ljava/lang/String;)V" -> reportText(next, owner, Character.BYTES);
            default -> null;
        };
    }

    private static MethodVisitor reportText(MethodVisitor next, String owner, int bytesPerCharacter) {
        return report(next, owner, "(" + FILE + "Ljava/lang/String;I)V", method -> {
            method.visitVarInsn(ALOAD, 1);
            method.visitIntInsn(BIPUSH, bytesPerCharacter);
        });
    }

    /** Pushes the arguments that follow the descriptor. */
    private interface Arguments {
        void push(MethodVisitor method);
    }

    private static MethodVisitor report(MethodVisitor next, String owner, String hook, Arguments arguments) {
        return new BeforeReturn(next, 4) {
            @Override
            void emit(MethodVisitor method) {
                method.visitVarInsn(ALOAD, 0);
                method.visitFieldInsn(GETFIELD, owner, "fd", FILE);
                arguments.push(method);
                method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "written", hook, false);
            }
        };
    }
}
