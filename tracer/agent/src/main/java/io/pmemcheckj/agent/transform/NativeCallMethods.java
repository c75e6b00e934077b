package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import org.objectweb.asm.MethodVisitor;

/** Native functions that the program looks up and calls through the foreign-function API of JDK 22 and later. */
final class NativeCallMethods {
    private static final String SEGMENT = "java/lang/foreign/MemorySegment";
    private static final String FUNCTION = "java/lang/foreign/FunctionDescriptor";
    private static final String HANDLE = "Ljava/lang/invoke/MethodHandle;";
    private static final String OPTIONS = "[Ljava/lang/foreign/Linker$Option;";

    private NativeCallMethods() {}

    /** {@code long find(String name)} of a native library: what all symbol look-ups end in. */
    static MethodVisitor library(MethodVisitor next, String name, String descriptor) {
        if (!name.equals("find") || !descriptor.equals("(Ljava/lang/String;)J")) {
            return null;
        }
        return new BeforeReturn(next, 3) {
            @Override
            void emit(MethodVisitor method) {
                method.visitInsn(DUP2); // address address
                method.visitVarInsn(ALOAD, 1);
                method.visitMethodInsn(
                        INVOKESTATIC, RuntimeInjector.NATIVE_SYMBOLS, "found", "(JLjava/lang/String;)V", false);
            }
        };
    }

    /** {@code MethodHandle downcallHandle([MemorySegment symbol,] FunctionDescriptor function, Option... options)}. */
    static MethodVisitor linker(MethodVisitor next, String name, String descriptor) {
        if (!name.equals("downcallHandle")) {
            return null;
        }
        return switch (descriptor) {
            case "(L" + SEGMENT + ";L" + FUNCTION + ";" + OPTIONS + ")" + HANDLE -> wrapBound(next);
            case "(L" + FUNCTION + ";" + OPTIONS + ")" + HANDLE -> wrapUnbound(next);
            default -> null;
        };
    }

    private static MethodVisitor wrapBound(MethodVisitor next) {
        return new BeforeReturn(next, 3) {
            @Override
            void emit(MethodVisitor method) {
                method.visitVarInsn(ALOAD, 1);
                method.visitMethodInsn(INVOKEINTERFACE, SEGMENT, "address", "()J", true); // handle symbol
                pushArguments(method, 2); // handle symbol arguments
                method.visitMethodInsn(
                        INVOKESTATIC, RuntimeInjector.NATIVE_CALLS, "bound", "(" + HANDLE + "JI)" + HANDLE, false);
            }
        };
    }

    private static MethodVisitor wrapUnbound(MethodVisitor next) {
        return new BeforeReturn(next, 1) {
            @Override
            void emit(MethodVisitor method) {
                pushArguments(method, 1); // handle arguments
                method.visitMethodInsn(
                        INVOKESTATIC, RuntimeInjector.NATIVE_CALLS, "unbound", "(" + HANDLE + "I)" + HANDLE, false);
            }
        };
    }

    /** The number of arguments that the C function has. */
    private static void pushArguments(MethodVisitor method, int function) {
        method.visitVarInsn(ALOAD, function);
        method.visitMethodInsn(INVOKEINTERFACE, FUNCTION, "argumentLayouts", "()Ljava/util/List;", true);
        method.visitMethodInsn(INVOKEINTERFACE, "java/util/List", "size", "()I", true);
    }
}
