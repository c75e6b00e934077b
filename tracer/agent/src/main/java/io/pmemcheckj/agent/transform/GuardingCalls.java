package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * Which calls of a class load what a branch of the same method depends on, or what the method returns: what a reader
 * checks before it trusts other data.
 */
final class GuardingCalls {
    static final GuardingCalls NONE = new GuardingCalls();

    /** Instructions of the longest method looked at: the time goes with their square in the worst case. */
    private static final int LONGEST = 10_000;

    private static final BitSet NO_CALL = new BitSet();

    /** Classes whose methods calculate, without looking anywhere else. */
    private static final Set<String> CALCULATING = Set.of(
            "java/lang/Boolean",
            "java/lang/Byte",
            "java/lang/Character",
            "java/lang/Short",
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Float",
            "java/lang/Double",
            "java/lang/Math");

    /** For the numbers of methods in the class file's order, which of their calls, in the order of the code. */
    private final Map<Integer, BitSet> calls = new HashMap<>();

    private GuardingCalls() {}

    /** Looks through a class. A method that cannot be understood guards nothing. */
    static GuardingCalls of(ClassReader reader) {
        ClassNode type = new ClassNode();
        reader.accept(type, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        GuardingCalls guarding = new GuardingCalls();
        for (int i = 0; i < type.methods.size(); i++) {
            MethodNode method = type.methods.get(i);
            if (loads(method)) {
                guarding.calls.put(i, guards(type.name, method));
            }
        }
        return guarding;
    }

    /** Which calls of the method, counted from 0 in the order of the code. */
    BitSet of(int method) {
        return calls.getOrDefault(method, NO_CALL);
    }

    private static boolean loads(MethodNode method) {
        if (method.instructions.size() > LONGEST) {
            return false;
        }
        for (AbstractInsnNode instruction : method.instructions) {
            if (isLoad(instruction)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLoad(AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode call
                && LoadingCalls.returnsLoaded(call.owner, call.name, call.desc);
    }

    private static BitSet guards(String owner, MethodNode method) {
        Origins origins = new Origins();
        try {
            new Analyzer<>(origins).analyze(owner, method);
        } catch (AnalyzerException | RuntimeException e) {
            return NO_CALL;
        }
        BitSet guards = new BitSet();
        int call = 0;
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode) {
                guards.set(call++, origins.guards.contains(instruction));
            }
        }
        return guards;
    }

    /** Values as the sets of calls that loaded what they were calculated from; notes those that decide something. */
    private static final class Origins extends SourceInterpreter {
        final Set<AbstractInsnNode> guards = new HashSet<>();

        Origins() {
            super(ASM9);
        }

        @Override
        public SourceValue newOperation(AbstractInsnNode instruction) {
            return nothing(super.newOperation(instruction));
        }

        /** A value that comes from no load. */
        private static SourceValue nothing(SourceValue sized) {
            return new SourceValue(sized.size);
        }

        @Override
        public SourceValue copyOperation(AbstractInsnNode instruction, SourceValue value) {
            return value;
        }

        @Override
        public SourceValue unaryOperation(AbstractInsnNode instruction, SourceValue value) {
            int opcode = instruction.getOpcode();
            switch (opcode) {
                case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE, IFNULL, IFNONNULL, TABLESWITCH, LOOKUPSWITCH ->
                    guards.addAll(value.insns);
                default -> {}
            }
            SourceValue result = nothing(super.unaryOperation(instruction, value));
            boolean keeps = opcode >= INEG && opcode <= I2S || opcode == CHECKCAST || opcode == INSTANCEOF;
            return keeps ? new SourceValue(result.size, value.insns) : result;
        }

        @Override
        public SourceValue binaryOperation(AbstractInsnNode instruction, SourceValue left, SourceValue right) {
            int opcode = instruction.getOpcode();
            if (opcode >= IF_ICMPEQ && opcode <= IF_ACMPNE) {
                guards.addAll(left.insns);
                guards.addAll(right.insns);
            }
            SourceValue result = nothing(super.binaryOperation(instruction, left, right));
            boolean calculates = opcode >= IADD && opcode <= DCMPG;
            return calculates ? new SourceValue(result.size, union(left.insns, right.insns)) : result;
        }

        private static Set<AbstractInsnNode> union(Set<AbstractInsnNode> left, Set<AbstractInsnNode> right) {
            if (right.isEmpty()) {
                return left;
            }
            Set<AbstractInsnNode> both = new HashSet<>(left);
            both.addAll(right);
            return both;
        }

        @Override
        public SourceValue ternaryOperation(
                AbstractInsnNode instruction, SourceValue first, SourceValue second, SourceValue third) {
            return nothing(super.ternaryOperation(instruction, first, second, third));
        }

        @Override
        public SourceValue naryOperation(AbstractInsnNode instruction, List<? extends SourceValue> values) {
            SourceValue result = super.naryOperation(instruction, values);
            if (isLoad(instruction)) {
                return result; // of this call
            }
            Set<AbstractInsnNode> origins = Set.of();
            if (instruction instanceof MethodInsnNode call && CALCULATING.contains(call.owner)) {
                for (SourceValue value : values) {
                    origins = union(value.insns, origins);
                }
            }
            return new SourceValue(result.size, origins);
        }

        @Override
        public void returnOperation(AbstractInsnNode instruction, SourceValue value, SourceValue expected) {
            guards.addAll(value.insns);
        }
    }
}
