package io.pmemcheckj.agent.model;

import static org.objectweb.asm.Opcodes.ACC_ABSTRACT;
import static org.objectweb.asm.Opcodes.ACC_BRIDGE;
import static org.objectweb.asm.Opcodes.ACC_NATIVE;
import static org.objectweb.asm.Opcodes.ASM9;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** The methods that a class file declares. */
final class DeclaredMethods {
    /** Of a class file that cannot be found. */
    static final DeclaredMethods UNKNOWN = new DeclaredMethods();

    private final Set<String> natives = new HashSet<>();
    private final Set<String> bodies = new HashSet<>();
    private final Set<String> bridges = new HashSet<>();
    private final Set<String[]> all = new HashSet<>();

    private DeclaredMethods() {}

    DeclaredMethods(byte[] classFile) {
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                all.add(new String[] {name, descriptor});
                                if ((access & ACC_NATIVE) != 0) {
                                    natives.add(name + descriptor);
                                } else if ((access & ACC_ABSTRACT) == 0) {
                                    bodies.add(name + descriptor);
                                }
                                if ((access & ACC_BRIDGE) != 0) {
                                    bridges.add(name + descriptor);
                                }
                                return null;
                            }
                        },
                        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    }

    boolean isNative(String name, String descriptor) {
        return natives.contains(name + descriptor);
    }

    boolean hasBody(String name, String descriptor) {
        return bodies.contains(name + descriptor);
    }

    /**
     * Whether the compiler made the method, to call another one of the class that the model covers, too: a call of it would
     * count twice.
     */
    boolean isBridge(String name, String descriptor, MethodModel model) {
        if (!bridges.contains(name + descriptor)) {
            return false;
        }
        int arguments = Type.getArgumentTypes(descriptor).length;
        for (String[] method : all) {
            if (method[0].equals(name)
                    && !bridges.contains(name + method[1])
                    && model.covers(name, method[1])
                    && Type.getArgumentTypes(method[1]).length == arguments) {
                return true;
            }
        }
        return false;
    }

    /** Whether a model finds a method of its own that is not abstract. */
    boolean has(MethodModel model) {
        for (String[] method : all) {
            if (model.covers(method[0], method[1])
                    && (isNative(method[0], method[1]) || hasBody(method[0], method[1]))) {
                return true;
            }
        }
        return false;
    }
}
