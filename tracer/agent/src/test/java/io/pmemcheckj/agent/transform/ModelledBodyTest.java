package io.pmemcheckj.agent.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ASM9;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

class ModelledBodyTest {
    static class Base {
        Base(Object first, String second) {}
    }

    static final class Constructed extends Base {
        Constructed(boolean choice) {
            super(choice ? new StringBuilder("a") : new Object(), new String("b"));
            new Object();
        }
    }

    static final class Delegating extends Base {
        Delegating() {
            this(new StringBuilder("a"));
        }

        private Delegating(Object first) {
            super(first, "b");
        }
    }

    private static final LibraryCalls EVERY_CONSTRUCTOR = new LibraryCalls() {
        @Override
        public int body(String name, String descriptor) {
            return 0;
        }
    };

    /** What an exception before leaves open would stay open: no handler could be told of it. */
    @Test
    void aConstructorBeginsWhenThatOfTheSuperclassHasReturned() throws Exception {
        assertEquals(
                List.of(
                        "StringBuilder.<init>",
                        "Object.<init>",
                        "String.<init>",
                        "ModelledBodyTest$Base.<init>",
                        "Boolean.valueOf",
                        "PmemcheckJ$MethodModels.entering",
                        "Object.<init>",
                        "PmemcheckJ$MethodModels.returning",
                        "handler",
                        "PmemcheckJ$MethodModels.throwing"),
                calls(Constructed.class));
    }

    /** An object is made once, however many constructors lead to it. */
    @Test
    void aConstructorThatCallsAnotherOfItsClassLeavesItToThat() throws Exception {
        assertEquals(
                List.of(
                        "StringBuilder.<init>",
                        "ModelledBodyTest$Delegating.<init>",
                        "ModelledBodyTest$Base.<init>",
                        "PmemcheckJ$MethodModels.entering",
                        "PmemcheckJ$MethodModels.returning",
                        "handler",
                        "PmemcheckJ$MethodModels.throwing"),
                calls(Delegating.class));
    }

    private static List<String> calls(Class<?> type) throws IOException {
        List<String> calls = new ArrayList<>();
        MethodVisitor end = new MethodVisitor(ASM9) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
                calls.add(owner.substring(owner.lastIndexOf('/') + 1) + "." + name);
            }

            @Override
            public void visitTryCatchBlock(Label start, Label to, Label handler, String type) {
                calls.add("handler");
            }
        };

        new ClassReader(type.getName())
                .accept(
                        new ClassVisitor(ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] thrown) {
                                return new ModelledBody(
                                        end,
                                        EVERY_CONSTRUCTOR,
                                        type.getName().replace('.', '/'),
                                        ACC_PUBLIC,
                                        name,
                                        descriptor,
                                        true,
                                        0);
                            }
                        },
                        0);

        return calls;
    }
}
