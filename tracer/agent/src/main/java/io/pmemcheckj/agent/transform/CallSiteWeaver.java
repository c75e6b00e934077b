package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Weaves a class outside the JDK: before each call that may store, or load where that is recorded, one assignment of the place's number to the thread's
 * recorder. Such a method also takes the number back when it returns, so that what its caller in the JDK does next is not
 * attributed to it.
 */
public final class CallSiteWeaver {

    /** Where the numbers come from. */
    public interface SiteNumbers {
        /**
         * Numbers places of a class.
         *
         * @param className binary name
         * @param file source file or null
         * @param guards for each place whether what is loaded there decides what its method does; null where none does
         * @return number of the first place; the others follow
         */
        int register(String className, String file, String[] methods, int[] lines, boolean[] guards);
    }

    /** Which calls of jdk.internal.misc.Unsafe have a stand-in that reports them. */
    public interface UnsafeTwins {
        /** True when the runtime's class InternalUnsafe has a {@link #twin} of the method. */
        boolean has(String name, String descriptor);
    }

    /** Owner of the calls that are rewritten to their twins. */
    public static final String INTERNAL_UNSAFE = "jdk/internal/misc/Unsafe";

    private static final int METHOD_TAG = 10; // JVMS 4.4
    private static final int INTERFACE_METHOD_TAG = 11;

    /** Of a place that does not mark itself. */
    private static final int NO_LINE = -1;

    private static final int FIRST_WITH_FRAMES = V1_6;

    private final ClassReader reader;
    private final UnsafeTwins twins;
    private final boolean hidden;
    private final boolean loads;
    private final LibraryCalls libraries;
    private final MarkedCalls markedCalls;
    /** Name and descriptor of the methods that have no room for marks. */
    private final Set<String> unmarked = new HashSet<>();

    private boolean changed;
    private final List<String> methods = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private final BitSet guards = new BitSet();
    private GuardingCalls guardingCalls = GuardingCalls.NONE;
    private String file;

    private CallSiteWeaver(
            ClassReader reader, UnsafeTwins twins, LibraryCalls libraries, boolean hidden, boolean loads) {
        this.reader = reader;
        this.twins = twins;
        this.libraries = libraries;
        this.hidden = hidden;
        this.loads = loads;
        markedCalls = new MarkedCalls(libraries, reader.getClassName(), reader.getSuperName(), loads);
    }

    /** Descriptor of the twin of a method of jdk.internal.misc.Unsafe. */
    public static String twin(String descriptor) {
        return "(L" + INTERNAL_UNSAFE + ";" + descriptor.substring(1);
    }

    /**
     * Weaves a class if there is anything to weave in it.
     *
     * @param loads whether loads are recorded, too
     * @return the woven class file, or null when the class can stay as it is
     * @throws RuntimeException where it cannot be woven
     */
    public static byte[] weave(
            byte[] original, SiteNumbers numbers, UnsafeTwins twins, LibraryCalls libraries, boolean loads) {
        return weave(original, numbers, twins, libraries, false, loads);
    }

    /**
     * Weaves a hidden class if there is anything to weave in it. Code without lines in it, such as that of a reference to
     * a method of a buffer, is no place to name: it takes the mark back, so that its caller is looked up.
     *
     * @param loads whether loads are recorded, too
     * @return the woven class file, or null when the class can stay as it is
     * @throws RuntimeException where it cannot be woven
     */
    public static byte[] weaveHidden(
            byte[] original, SiteNumbers numbers, UnsafeTwins twins, LibraryCalls libraries, boolean loads) {
        return weave(original, numbers, twins, libraries, true, loads);
    }

    private static byte[] weave(
            byte[] original,
            SiteNumbers numbers,
            UnsafeTwins twins,
            LibraryCalls libraries,
            boolean hidden,
            boolean loads) {
        CallSiteWeaver weaver = new CallSiteWeaver(new ClassReader(original), twins, libraries, hidden, loads);
        return weaver.hasAnything() ? weaver.weave(numbers) : null;
    }

    /** Looks through the constant pool, which is much quicker than through the code. */
    private boolean hasAnything() {
        if (libraries.hasBodies()) {
            return true;
        }
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int item = reader.getItem(i);
            if (item == 0) {
                continue;
            }
            int tag = reader.readByte(item - 1);
            if (tag == METHOD_TAG || tag == INTERFACE_METHOD_TAG) {
                int nameAndType = reader.getItem(reader.readUnsignedShort(item + 2));
                String owner = reader.readClass(item, buffer);
                String descriptor = reader.readUTF8(nameAndType + 2, buffer);
                if (markedCalls.contains(INVOKEVIRTUAL, owner, reader.readUTF8(nameAndType, buffer), descriptor)
                        || StoringCalls.isBootstrap(owner, descriptor)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Two passes: the first counts the places, so that they can be numbered; the second puts the numbers in. */
    private byte[] weave(SiteNumbers numbers) {
        if (loads) {
            guardingCalls = GuardingCalls.of(reader);
        }
        pass(null, 0);
        if (!changed) {
            return null;
        }
        int first = numbers.register(
                reader.getClassName().replace('/', '.'),
                file,
                methods.toArray(new String[0]),
                lineNumbers(),
                guardFlags());
        int places = methods.size();
        while (true) {
            try {
                byte[] woven = write(first);
                if (methods.size() != places) {
                    throw new IllegalStateException("the passes over " + reader.getClassName() + " differ");
                }
                return woven;
            } catch (MethodTooLargeException e) {
                if (!unmarked.add(e.getMethodName() + e.getDescriptor())) {
                    throw e;
                }
            }
        }
    }

    private byte[] write(int first) {
        methods.clear();
        lines.clear();
        guards.clear();
        ClassWriter writer = new ClassWriter(reader, 0);
        pass(writer, first);
        return writer.toByteArray();
    }

    private int[] lineNumbers() {
        int[] numbers = new int[lines.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = lines.get(i);
        }
        return numbers;
    }

    private boolean[] guardFlags() {
        if (guards.isEmpty()) {
            return null;
        }
        boolean[] flags = new boolean[lines.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = guards.get(i);
        }
        return flags;
    }

    private void pass(ClassWriter writer, int first) {
        reader.accept(
                new ClassVisitor(ASM9, writer) {
                    private final MarkedMethods marked = new MarkedMethods(reader, markedCalls, libraries);
                    private int index;

                    @Override
                    public void visitSource(String source, String debug) {
                        file = source;
                        super.visitSource(source, debug);
                    }

                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                        int number = index++;
                        if (!marked.contains(number)) {
                            return next;
                        }
                        changed = true;
                        Method method = new Method(
                                next,
                                name,
                                first,
                                marked.locals(number),
                                unmarked.contains(name + descriptor),
                                guardingCalls.of(number));
                        return libraries.body(name, descriptor) == LibraryCalls.NONE
                                ? method
                                : new ModelledBody(
                                        method,
                                        libraries,
                                        reader.getClassName(),
                                        access,
                                        name,
                                        descriptor,
                                        hasFrames(),
                                        marked.firstLine(number));
                    }
                },
                writer == null ? ClassReader.SKIP_FRAMES : 0);
    }

    private boolean hasFrames() {
        return (reader.readUnsignedShort(6) & 0xffff) >= FIRST_WITH_FRAMES;
    }

    private final class Method extends MethodVisitor {
        private final String name;
        private final int first;
        private final int freeLocal;
        private final boolean hasNoRoom;
        private final BitSet guarding;
        private int call;
        private boolean isGuard;
        private final Label start = new Label();
        private int usedLocals;
        private int usedStack;
        private int line;
        private int lastLine = -1;
        private boolean lastIsGuard;

        Method(MethodVisitor next, String name, int first, int freeLocal, boolean hasNoRoom, BitSet guarding) {
            super(ASM9, next);
            this.hasNoRoom = hasNoRoom;
            this.name = name;
            this.first = first;
            this.freeLocal = freeLocal;
            this.guarding = guarding;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            if (hasNoRoom) {
                unmark(); // its stores are attributed by walking the stack
            } else {
                super.visitLabel(start);
            }
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
            super.visitLineNumber(number, start);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String called, String descriptor, boolean isInterface) {
            boolean added = ModelledCall.isOne(owner);
            isGuard = !added && guarding.get(call++);
            if (!markedCalls.contains(opcode, owner, called, descriptor)) {
                if (added) {
                    mark();
                }
                super.visitMethodInsn(opcode, owner, called, descriptor, isInterface);
                return;
            }
            int model = libraries.nativeCall(owner, called, descriptor);
            if (model != LibraryCalls.NONE) {
                mark();
                callModelled(model, opcode, owner, called, descriptor, isInterface);
                return;
            }
            if (isBuffer(owner) && opcode == INVOKEVIRTUAL && canBeNamed() && !libraries.isTransparent()) {
                markBuffer(site(), Type.getArgumentTypes(descriptor));
            } else {
                mark();
            }
            if (owner.equals(INTERNAL_UNSAFE) && opcode == INVOKEVIRTUAL && twins.has(called, descriptor)) {
                super.visitMethodInsn(INVOKESTATIC, RuntimeInjector.INTERNAL_UNSAFE, called, twin(descriptor), false);
            } else if (owner.equals("java/io/FileDescriptor") && called.equals("sync") && descriptor.equals("()V")) {
                super.visitMethodInsn(
                        INVOKESTATIC, RuntimeInjector.HOOKS, "sync", "(Ljava/io/FileDescriptor;)V", false);
            } else if (owner.equals("java/io/RandomAccessFile")
                    && called.equals("setLength")
                    && opcode == INVOKEVIRTUAL) {
                super.visitMethodInsn(
                        INVOKESTATIC, RuntimeInjector.HOOKS, "setLength", "(Ljava/io/RandomAccessFile;J)V", false);
            } else {
                super.visitMethodInsn(opcode, owner, called, descriptor, isInterface);
            }
            if (called.equals("fullFence") && descriptor.equals("()V")) {
                super.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "fullFence", "()V", false);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String called, String descriptor, Handle bootstrap, Object... arguments) {
            if (StoringCalls.isBootstrap(bootstrap.getOwner(), bootstrap.getDesc())) {
                isGuard = false;
                mark(); // a language of its own, whose calls are all like this
            }
            super.visitInvokeDynamicInsn(called, descriptor, bootstrap, arguments);
        }

        /** The arguments make room for a moment, as in {@link #markBuffer}. */
        private void callModelled(
                int model, int opcode, String owner, String called, String descriptor, boolean isInterface) {
            if (mv == null) {
                return; // the pass that counts
            }
            Type[] arguments = Type.getArgumentTypes(descriptor);
            int receiver = opcode == INVOKESTATIC ? -1 : freeLocal;
            int first = opcode == INVOKESTATIC ? freeLocal : freeLocal + 1;
            int local = first;
            for (Type argument : arguments) {
                local += argument.getSize();
            }
            usedLocals = Math.max(usedLocals, local - freeLocal);
            for (int i = arguments.length - 1; i >= 0; i--) {
                local -= arguments[i].getSize();
                super.visitVarInsn(arguments[i].getOpcode(ISTORE), local);
            }
            if (receiver >= 0) {
                super.visitVarInsn(ASTORE, receiver);
            }
            ModelledCall.calling(mv, model, receiver, first, arguments);
            if (receiver >= 0) {
                super.visitVarInsn(ALOAD, receiver);
            }
            for (Type argument : arguments) {
                super.visitVarInsn(argument.getOpcode(ILOAD), local);
                local += argument.getSize();
            }
            super.visitMethodInsn(opcode, owner, called, descriptor, isInterface);
            ModelledCall.returning(mv, model, Type.getReturnType(descriptor));
            usedStack = ModelledCall.STACK;
        }

        private boolean canBeNamed() {
            return !hasNoRoom && (line != 0 || !hidden);
        }

        private void mark() {
            if (libraries.isTransparent()) {
                return; // the mark of the caller stands
            }
            if (canBeNamed()) {
                super.visitLdcInsn(site());
                super.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "mark", "(I)V", false);
            } else if (hasNoRoom) {
                site(); // the numbers of what follows are settled
            } else {
                unmark();
            }
        }

        private void unmark() {
            if (libraries.isTransparent()) {
                return;
            }
            super.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "unmark", "()V", false);
        }

        /** Number of the line; calls on one line share it, but not with what guards. */
        private int site() {
            if (line != lastLine || isGuard != lastIsGuard) {
                guards.set(lines.size(), isGuard);
                lastIsGuard = isGuard;
                methods.add(name);
                lines.add(hasNoRoom ? NO_LINE : line);
                lastLine = line;
            }
            return first + lines.size() - 1;
        }

        private static boolean isBuffer(String owner) {
            return owner.equals("java/nio/ByteBuffer") || owner.equals("java/nio/MappedByteBuffer");
        }

        /**
         * Shows the mark the buffer, so that it can leave at once where it is one on the heap. The buffer is below the
         * arguments on the stack; they make room for a moment, in locals that the method does not use.
         */
        private void markBuffer(int site, Type[] arguments) {
            int size = 0;
            for (Type argument : arguments) {
                size += argument.getSize();
            }
            usedLocals = Math.max(usedLocals, size);
            int local = freeLocal + size;
            for (int i = arguments.length - 1; i >= 0; i--) {
                local -= arguments[i].getSize();
                super.visitVarInsn(arguments[i].getOpcode(ISTORE), local);
            }
            super.visitInsn(DUP);
            super.visitLdcInsn(site);
            super.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "mark", "(Ljava/nio/ByteBuffer;I)V", false);
            for (Type argument : arguments) {
                super.visitVarInsn(argument.getOpcode(ILOAD), local);
                local += argument.getSize();
            }
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode >= IRETURN && opcode <= RETURN && !hasNoRoom) {
                unmark();
            }
            super.visitInsn(opcode);
        }

        /** An exception that leaves the method takes the mark back, too. */
        private void unmarkAtException() {
            Label handler = new Label();
            super.visitTryCatchBlock(start, handler, handler, null);
            super.visitLabel(handler);
            if (hasFrames()) {
                super.visitFrame(F_FULL, 0, new Object[0], 1, new Object[] {"java/lang/Throwable"});
            }
            unmark();
            super.visitInsn(ATHROW);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            // In a constructor the handler would have to say whether the object is initialized.
            if (!hasNoRoom && !name.equals("<init>") && !libraries.isTransparent()) {
                unmarkAtException();
            }
            super.visitMaxs(maxStack + 2 + usedStack, maxLocals + usedLocals);
        }
    }
}
