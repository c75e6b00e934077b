package io.pmemcheckj.agent;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.transform.StoreHook;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * A class with a static twin for each storing method of jdk.internal.misc.Unsafe: it does what the method does and
 * reports it. Calls from outside the JDK are rewritten to the twins, because the methods themselves are intrinsics, in
 * which a hook vanishes once they are compiled.
 */
public final class InternalUnsafeBridge {
    /** Owner of the calls that are rewritten. */
    public static final String UNSAFE = "jdk/internal/misc/Unsafe";

    private static final Set<String> BRIDGED = new HashSet<>();

    private InternalUnsafeBridge() {}

    /** Descriptor of a method's twin. */
    public static String twin(String descriptor) {
        return "(L" + UNSAFE + ";" + descriptor.substring(1);
    }

    /** True when the bridge has a twin of the method. */
    public static boolean has(String name, String descriptor) {
        return BRIDGED.contains(name + descriptor);
    }

    static byte[] generate() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(
                V17,
                ACC_PUBLIC | ACC_FINAL | ACC_SYNTHETIC,
                RuntimeInjector.INTERNAL_UNSAFE,
                null,
                "java/lang/Object",
                null);
        for (Method method : unsafe().getDeclaredMethods()) {
            String descriptor = Type.getMethodDescriptor(method);
            if (Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers())) {
                StoreHook hook = StoreHook.of(method.getName(), descriptor, 0);
                if (hook != null && BRIDGED.add(method.getName() + descriptor)) {
                    addTwin(writer, method.getName(), descriptor, hook);
                }
            }
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static Class<?> unsafe() {
        try {
            return Class.forName(UNSAFE.replace('/', '.'), false, null);
        } catch (ClassNotFoundException e) {
            throw new LinkageError("this JVM has no " + UNSAFE, e);
        }
    }

    private static void addTwin(ClassWriter writer, String name, String descriptor, StoreHook hook) {
        MethodVisitor method = writer.visitMethod(ACC_PUBLIC | ACC_STATIC, name, twin(descriptor), null, null);
        method.visitCode();
        method.visitVarInsn(ALOAD, 0);
        int local = 1;
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            method.visitVarInsn(argument.getOpcode(ILOAD), local);
            local += argument.getSize();
        }
        method.visitMethodInsn(INVOKEVIRTUAL, UNSAFE, name, descriptor, false);
        hook.emitRaw(method);
        method.visitInsn(Type.getReturnType(descriptor).getOpcode(IRETURN));
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
