package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.ASM9;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Which methods of a class, counted in class file order, have a call that may store, and how many locals they use. */
final class MarkedMethods {
    private final BitSet marked = new BitSet();
    private final Map<Integer, Integer> locals = new HashMap<>();
    private final Map<Integer, Integer> firstLines = new HashMap<>();

    MarkedMethods(ClassReader reader, MarkedCalls calls, LibraryCalls libraries) {
        reader.accept(
                new ClassVisitor(ASM9) {
                    private int count;

                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        int index = count++;
                        if (libraries.body(name, descriptor) != LibraryCalls.NONE) {
                            marked.set(index);
                        }
                        return new MethodVisitor(ASM9) {
                            @Override
                            public void visitMethodInsn(
                                    int opcode, String owner, String called, String type, boolean isInterface) {
                                if (calls.contains(opcode, owner, called, type)) {
                                    marked.set(index);
                                }
                            }

                            @Override
                            public void visitInvokeDynamicInsn(
                                    String called, String type, Handle bootstrap, Object... arguments) {
                                if (StoringCalls.isBootstrap(bootstrap.getOwner(), bootstrap.getDesc())) {
                                    marked.set(index);
                                }
                            }

                            @Override
                            public void visitLineNumber(int line, Label start) {
                                firstLines.putIfAbsent(index, line);
                            }

                            @Override
                            public void visitMaxs(int maxStack, int maxLocals) {
                                locals.put(index, maxLocals);
                            }
                        };
                    }
                },
                ClassReader.SKIP_FRAMES);
    }

    boolean contains(int index) {
        return marked.get(index);
    }

    /** Source line of the first instruction, 0 if not known. */
    int firstLine(int index) {
        return firstLines.getOrDefault(index, 0);
    }

    /** Number of local variables that the method uses, in words. */
    int locals(int index) {
        return locals.get(index);
    }
}
