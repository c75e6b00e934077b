package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.ASM9;

import java.nio.charset.StandardCharsets;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;

/** Reads the orders that a class declares by {@code io.pmemcheckj.api.PersistOrder}. */
public final class DeclaredOrders extends ClassVisitor {
    private static final String ONE = "Lio/pmemcheckj/api/PersistOrder;";
    private static final String SEVERAL = "Lio/pmemcheckj/api/PersistOrders;";
    /** What both have in common. */
    private static final String DESCRIPTOR = ONE.substring(0, ONE.length() - 1);

    /** Is told of orders. */
    public interface Receiver {
        /**
         * An order, each side either {@code binary.Class#method} or a label.
         *
         * @param name may be empty
         */
        void declareOrder(String name, String first, String then);
    }

    private final Receiver receiver;
    private String className;

    private DeclaredOrders(Receiver receiver) {
        super(ASM9);
        this.receiver = receiver;
    }

    /** Tells of the orders of a class. */
    public static void read(byte[] classFile, Receiver receiver) {
        // Few classes have any, and a search in the bytes is much quicker than a look at the constant pool.
        if (new String(classFile, StandardCharsets.ISO_8859_1).contains(DESCRIPTOR)) {
            new ClassReader(classFile)
                    .accept(
                            new DeclaredOrders(receiver),
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
                return annotation(descriptor, "#" + method);
            }
        };
    }

    /** @param own what a side that is left out means */
    private AnnotationVisitor annotation(String descriptor, String own) {
        if (descriptor.equals(ONE)) {
            return new Order(own);
        }
        return !descriptor.equals(SEVERAL)
                ? null
                : new AnnotationVisitor(ASM9) {
                    @Override
                    public AnnotationVisitor visitArray(String name) {
                        return new AnnotationVisitor(ASM9) {
                            @Override
                            public AnnotationVisitor visitAnnotation(String unnamed, String each) {
                                return annotation(each, own);
                            }
                        };
                    }
                };
    }

    private final class Order extends AnnotationVisitor {
        private String name = "";
        private String first;
        private String then;

        Order(String own) {
            super(ASM9);
            first = own;
            then = own;
        }

        @Override
        public void visit(String part, Object value) {
            String text = (String) value;
            switch (part) {
                case "name" -> name = text;
                case "first" -> first = text.isEmpty() ? first : text;
                case "then" -> then = text.isEmpty() ? then : text;
                default -> {} // of a later version
            }
        }

        @Override
        public void visitEnd() {
            if (!first.isEmpty() && !then.isEmpty()) {
                receiver.declareOrder(name, qualified(first), qualified(then));
            }
        }

        private String qualified(String selector) {
            int hash = selector.indexOf('#');
            if (hash == 0) {
                return className + selector;
            }
            boolean inPackage = hash > 0 && selector.lastIndexOf('.', hash) < 0;
            return inPackage ? className.substring(0, className.lastIndexOf('.') + 1) + selector : selector;
        }
    }
}
