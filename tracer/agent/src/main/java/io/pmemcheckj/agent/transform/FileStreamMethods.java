package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import org.objectweb.asm.MethodVisitor;

/**
 * RandomAccessFile and FileOutputStream: every method behind which there is a write or open system
 * call reports it.
 */
final class FileStreamMethods {
    static final String RANDOM_ACCESS = "java/io/RandomAccessFile";
    static final String OUTPUT_STREAM = "java/io/FileOutputStream";

    private static final String FILE = "Ljava/io/FileDescriptor;";
    private static final String TEXT = "(" + FILE + "Ljava/lang/String;I)V";
    private static final int NO_CONSTANT = 0;

    private FileStreamMethods() {}

    static MethodVisitor weave(MethodVisitor next, String owner, String name, String descriptor) {
        return switch (name + descriptor) {
            case "write(I)V" -> report(next, owner, "(" + FILE + "I)V", NO_CONSTANT, ILOAD);
            case "write([B)V" -> report(next, owner, "(" + FILE + "[B)V", NO_CONSTANT, ALOAD);
            case "write([BII)V" -> report(next, owner, "(" + FILE + "[BII)V", NO_CONSTANT, ALOAD, ILOAD, ILOAD);
            case "writeBytes(Ljava/lang/String;)V" -> report(next, owner, TEXT, Byte.BYTES, ALOAD);
            case "writeChars(Ljava/lang/String;)V" -> report(next, owner, TEXT, Character.BYTES, ALOAD);
            default -> FileNameMethods.stream(next, name, descriptor);
        };
    }

    /**
     * Hands the method's arguments to the hook; without a lambda, as the first one of a JVM costs milliseconds of its start.
     *
     * @param constant follows the arguments, unless it is {@link #NO_CONSTANT}
     * @param loads one instruction for each argument
     */
    private static MethodVisitor report(MethodVisitor next, String owner, String hook, int constant, int... loads) {
        return new BeforeReturn(next, 4) {
            @Override
            void emit(MethodVisitor method) {
                method.visitVarInsn(ALOAD, 0);
                method.visitFieldInsn(GETFIELD, owner, "fd", FILE);
                for (int i = 0; i < loads.length; i++) {
                    method.visitVarInsn(loads[i], 1 + i);
                }
                if (constant != NO_CONSTANT) {
                    method.visitIntInsn(BIPUSH, constant);
                }
                method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "written", hook, false);
            }
        };
    }
}
