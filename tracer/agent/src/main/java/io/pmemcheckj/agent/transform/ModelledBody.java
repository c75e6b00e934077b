package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** Tells the runtime when a modelled method of the program begins and ends. */
final class ModelledBody extends MethodVisitor {
    private final int model;
    private final boolean isStatic;
    private final boolean isConstructor;
    private final boolean hasFrames;
    private final int firstLine;
    private final Type[] arguments;
    private final Type result;
    private final Label start = new Label();

    /**
     * Wraps a method.
     *
     * @param hasFrames whether the class file's version has stack map frames
     * @param firstLine source line of its first instruction, 0 if not known
     */
    ModelledBody(
            MethodVisitor next,
            int model,
            int access,
            String name,
            String descriptor,
            boolean hasFrames,
            int firstLine) {
        super(ASM9, next);
        this.model = model;
        this.hasFrames = hasFrames;
        this.firstLine = firstLine;
        isStatic = (access & ACC_STATIC) != 0;
        isConstructor = name.equals("<init>");
        arguments = Type.getArgumentTypes(descriptor);
        result = Type.getReturnType(descriptor);
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (firstLine != 0) {
            Label first = new Label();
            super.visitLabel(first);
            super.visitLineNumber(firstLine, first);
        }
        // In a constructor there is no object yet.
        ModelledCall.beginning(
                mv, ModelledCall.ENTERING, model, isStatic || isConstructor ? -1 : 0, isStatic ? 0 : 1, arguments);
        super.visitLabel(start);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= IRETURN && opcode <= RETURN) {
            if (isConstructor) {
                ModelledCall.constructed(mv, model);
            } else {
                ModelledCall.returning(mv, model, result);
            }
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        if (!isConstructor) { // there the handler would have to say whether the object is initialized
            Label handler = new Label();
            super.visitTryCatchBlock(start, handler, handler, null);
            super.visitLabel(handler);
            if (hasFrames) {
                super.visitFrame(F_FULL, 0, new Object[0], 1, new Object[] {"java/lang/Throwable"});
            }
            ModelledCall.throwing(mv, model);
            super.visitInsn(ATHROW);
        }
        super.visitMaxs(maxStack + ModelledCall.STACK, maxLocals);
    }
}
