package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.ASM9;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;

/** Reads the annotations of {@code io.pmemcheckj.api} that a class and its methods have. */
public final class ApiAnnotations extends ClassVisitor {
    private static final String PACKAGE = "Lio/pmemcheckj/api/";

    /** Is told of annotations, one by one where several stand on one element. */
    public interface Receiver {
        /**
         * An annotation.
         *
         * @param type simple name of the annotation
         * @param className binary name of the class
         * @param method name of the annotated method, or empty where the class is annotated
         * @param values those given: texts, and lists of texts
         */
        void annotated(String type, String className, String method, Map<String, Object> values);
    }

    private final Receiver receiver;
    private String className;

    private ApiAnnotations(Receiver receiver) {
        super(ASM9);
        this.receiver = receiver;
    }

    /** Tells of the annotations of a class. */
    public static void read(byte[] classFile, Receiver receiver) {
        // Few classes have any, and a search in the bytes is much quicker than a look at the constant pool.
        if (new String(classFile, StandardCharsets.ISO_8859_1).contains(PACKAGE)) {
            new ClassReader(classFile)
                    .accept(
                            new ApiAnnotations(receiver),
                            ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        }
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        className = name.replace('/', '.');
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        return annotation(descriptor, "");
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String methodDescriptor, String signature, String[] exceptions) {
        return new MethodVisitor(ASM9) {
            @Override
            public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
                return annotation(descriptor, method);
            }
        };
    }

    private AnnotationVisitor annotation(String descriptor, String method) {
        return descriptor.startsWith(PACKAGE)
                ? new Values(descriptor.substring(PACKAGE.length(), descriptor.length() - 1), method)
                : null;
    }

    private final class Values extends AnnotationVisitor {
        private final String type;
        private final String method;
        private final Map<String, Object> values = new HashMap<>();
        private boolean isContainer;

        Values(String type, String method) {
            super(ASM9);
            this.type = type;
            this.method = method;
        }

        @Override
        public void visit(String name, Object value) {
            values.put(name, value);
        }

        @Override
        public AnnotationVisitor visitArray(String name) {
            List<String> texts = new ArrayList<>();
            values.put(name, texts);
            return new AnnotationVisitor(ASM9) {
                @Override
                public void visit(String unnamed, Object value) {
                    texts.add(String.valueOf(value));
                }

                @Override
                public AnnotationVisitor visitAnnotation(String unnamed, String each) {
                    isContainer = true;
                    return annotation(each, method);
                }
            };
        }

        @Override
        public void visitEnd() {
            if (!isContainer) {
                receiver.annotated(type, className, method, values);
            }
        }
    }
}
