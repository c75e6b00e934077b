package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** Tells the runtime when a modelled method of the program begins and ends. */
final class ModelledBody extends MethodVisitor {
    private final LibraryCalls libraries;
    private final String className;
    private final int model;
    private final boolean isStatic;
    private final boolean isConstructor;
    private final boolean hasFrames;
    private final int firstLine;
    private final Type[] arguments;
    private final Type result;
    private final Label start = new Label();
    private boolean begun;
    /** Objects that a constructor has made so far and not initialized, other than its own. */
    private int uninitialized;

    /**
     * Wraps a method.
     *
     * @param libraries has the model of the method
     * @param className internal name
     * @param hasFrames whether the class file's version has stack map frames
     * @param firstLine source line of its first instruction, 0 if not known
     */
    ModelledBody(
            MethodVisitor next,
            LibraryCalls libraries,
            String className,
            int access,
            String name,
            String descriptor,
            boolean hasFrames,
            int firstLine) {
        super(ASM9, next);
        this.libraries = libraries;
        this.className = className;
        model = libraries.body(name, descriptor);
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
        if (!isConstructor) {
            begin();
        }
    }

    private void begin() {
        ModelledCall.entering(mv, model, isStatic || isConstructor ? -1 : 0, isStatic ? 0 : 1, arguments);
        super.visitLabel(start);
        begun = true;
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        if (opcode == NEW) {
            uninitialized++;
        }
        super.visitTypeInsn(opcode, type);
    }

    /**
     * A constructor begins once that of the superclass, or another of the class, has returned: the handler of exceptions cannot
     * be about an object that is not initialized, and what nobody hears of must not begin.
     */
    @Override
    public void visitMethodInsn(int opcode, String owner, String called, String descriptor, boolean isInterface) {
        super.visitMethodInsn(opcode, owner, called, descriptor, isInterface);
        if (isConstructor && !begun && opcode == INVOKESPECIAL && called.equals("<init>") && --uninitialized < 0) {
            boolean delegates = owner.equals(className) && libraries.body(called, descriptor) == model;
            if (delegates) {
                uninitialized = Integer.MAX_VALUE; // the object is made once: the other constructor tells of it
            } else {
                begin();
            }
        }
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= IRETURN && opcode <= RETURN && begun) {
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
        if (begun) {
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
