package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** Emits the calls that tell the runtime of a modelled method's arguments and result. */
final class ModelledCall {
    /** Operand stack the code needs, in words, on top of what is there. */
    static final int STACK = 8;

    static final String ENTERING = "entering";
    static final String CALLING = "calling";
    static final String RETURNING = "returning";
    static final String THROWING = "throwing";

    private ModelledCall() {}

    /** True for a call that this class emitted. */
    static boolean isOne(String owner) {
        return owner.equals(RuntimeInjector.METHOD_MODELS);
    }

    /**
     * Tells of a call whose receiver and arguments are in locals.
     *
     * @param what {@link #ENTERING} in the method, {@link #CALLING} in its caller
     * @param receiver local of the receiver, or -1
     * @param first local of the first argument
     */
    static void beginning(MethodVisitor method, String what, int model, int receiver, int first, Type... arguments) {
        method.visitLdcInsn(model); // model
        method.visitLdcInsn(arguments.length + 1);
        method.visitTypeInsn(ANEWARRAY, "java/lang/Object"); // model all
        if (receiver >= 0) {
            method.visitInsn(DUP);
            method.visitInsn(ICONST_0);
            method.visitVarInsn(ALOAD, receiver);
            method.visitInsn(AASTORE);
        }
        int local = first;
        for (int i = 0; i < arguments.length; i++) {
            method.visitInsn(DUP);
            method.visitLdcInsn(i + 1);
            method.visitVarInsn(arguments[i].getOpcode(ILOAD), local);
            box(method, arguments[i]);
            method.visitInsn(AASTORE); // model all
            local += arguments[i].getSize();
        }
        call(method, what, "(I[Ljava/lang/Object;)V");
    }

    /** Tells of the result, which is on the stack and stays there, unless there is none. */
    static void returning(MethodVisitor method, int model, Type result) {
        if (result.getSort() == Type.VOID) {
            method.visitLdcInsn(model);
            method.visitInsn(ACONST_NULL);
        } else {
            method.visitInsn(result.getSize() == 2 ? DUP2 : DUP);
            box(method, result);
            method.visitLdcInsn(model);
            method.visitInsn(SWAP); // result model boxed
        }
        call(method, RETURNING, "(ILjava/lang/Object;)V");
    }

    /** Tells that the constructor is done: the new object counts as its result. */
    static void constructed(MethodVisitor method, int model) {
        method.visitLdcInsn(model);
        method.visitVarInsn(ALOAD, 0);
        call(method, RETURNING, "(ILjava/lang/Object;)V");
    }

    static void throwing(MethodVisitor method, int model) {
        method.visitLdcInsn(model);
        call(method, THROWING, "(I)V");
    }

    private static void call(MethodVisitor method, String name, String descriptor) {
        method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.METHOD_MODELS, name, descriptor, false);
    }

    private static void box(MethodVisitor method, Type type) {
        String wrapper = switch (type.getSort()) {
            case Type.BOOLEAN -> "Boolean";
            case Type.CHAR -> "Character";
            case Type.BYTE -> "Byte";
            case Type.SHORT -> "Short";
            case Type.INT -> "Integer";
            case Type.LONG -> "Long";
            case Type.FLOAT -> "Float";
            case Type.DOUBLE -> "Double";
            default -> null;
        };
        if (wrapper != null) {
            String owner = "java/lang/" + wrapper;
            String descriptor = "(" + type.getDescriptor() + ")L" + owner + ";";
            method.visitMethodInsn(INVOKESTATIC, owner, "valueOf", descriptor, false);
        }
    }
}
