package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** Lets each method of the program's copy of PmemCheck, and of what tests use, which does nothing by itself, call its counterpart. */
public final class RequestWeaver {
    public static final String API = "io/pmemcheckj/api/PmemCheck";

    /** What the extension for JUnit asks with. */
    private static final String OF_TESTS = "io/pmemcheckj/junit/TestRequests";

    private RequestWeaver() {}

    /** Whether the class is one to be woven here; its binary name with slashes. */
    public static boolean isOfRequests(String name) {
        return name.equals(API) || name.equals(OF_TESTS);
    }

    /** @return the woven class file */
    public static byte[] weave(byte[] original) {
        Set<String> known = requests();
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
                        boolean request = (access & ACC_PUBLIC) != 0 && (access & ACC_STATIC) != 0;
                        if (!request || !known.contains(name + descriptor)) {
                            return method;
                        }
                        forward(method, name, descriptor);
                        return null;
                    }
                },
                ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }

    private static void forward(MethodVisitor method, String name, String descriptor) {
        method.visitCode();
        int local = 0;
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            method.visitVarInsn(argument.getOpcode(ILOAD), local);
            local += argument.getSize();
        }
        method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.REQUESTS, name, descriptor, false);
        method.visitInsn(Type.getReturnType(descriptor).getOpcode(IRETURN));
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    /** Those the runtime has. A program may ship a newer API than this tool knows: what the tool lacks stays void. */
    private static Set<String> requests() {
        try {
            Set<String> known = new HashSet<>();
            Class<?> requests = Class.forName(RuntimeInjector.REQUESTS.replace('/', '.'), false, null);
            for (Method method : requests.getMethods()) {
                known.add(method.getName() + Type.getMethodDescriptor(method));
            }
            return known;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
