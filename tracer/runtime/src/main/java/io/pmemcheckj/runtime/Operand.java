package io.pmemcheckj.runtime;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.Buffer;
import jdk.internal.misc.Unsafe;

/**
 * A value in an event of a modelled call, computed from the call. Written in postfix notation, tokens with commas between:
 *
 * <pre>
 * 42  arg0  this  result      a number, an argument, the receiver, what the call returned
 * .name                       a field of the object before
 * @address @position @limit @remaining @length    of the buffer, segment, array or string before
 * @long @int                  what is in memory at the address before, 0 at address 0
 * @string                     number of bytes of the C string at the address before, with its zero
 * @noted                      what an earlier call noted under the number before, 0 if none did
 * @swap                       the bytes of the number before in the opposite order
 * neg not + - * / % & | ^ << >> == != < <= > >= && ||
 * </pre>
 */
final class Operand {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long ADDRESS = U.objectFieldOffset(Buffer.class, "address");

    /** A model speaks of something that is not there. */
    static final class MissingException extends RuntimeException {
        private static final long serialVersionUID = 1;

        MissingException(String message) {
            super(message, null, false, false);
        }
    }

    // what the tokens are
    private static final int NUMBER = -1;

    private static final int ARGUMENT = -2;
    private static final int RECEIVER = -3;
    private static final int RESULT = -4;
    private static final int FIELD = -5;
    private static final int FUNCTION = -6;
    private static final int NEGATED = -7;
    private static final int NOT = -8;
    private static final int OPERATION = -9;

    private final int[] codes;
    private final long[] numbers;
    private final String[] names;

    Operand(String postfix) {
        int count = 1;
        for (int i = postfix.indexOf(','); i >= 0; i = postfix.indexOf(',', i + 1)) {
            count++;
        }
        codes = new int[count];
        numbers = new long[count];
        names = new String[count];
        int from = 0;
        for (int i = 0; i < count; i++) {
            int comma = postfix.indexOf(',', from);
            parse(i, postfix.substring(from, comma < 0 ? postfix.length() : comma));
            from = comma + 1;
        }
    }

    private void parse(int i, String token) {
        char first = token.charAt(0);
        if (first >= '0' && first <= '9') {
            codes[i] = NUMBER;
            numbers[i] = Long.parseLong(token);
        } else if (token.startsWith("arg")) {
            codes[i] = ARGUMENT;
            numbers[i] = Integer.parseInt(token, 3, token.length(), 10);
        } else if (first == '.') {
            codes[i] = FIELD;
            names[i] = token.substring(1);
        } else {
            names[i] = token;
            codes[i] = first == '@' ? FUNCTION : code(token);
        }
    }

    private static int code(String token) {
        switch (token) {
            case "this":
                return RECEIVER;
            case "result":
                return RESULT;
            case "neg":
                return NEGATED;
            case "not":
                return NOT;
            default:
                return OPERATION;
        }
    }

    /** Its value as a number. */
    long number(Call call) {
        if (codes.length == 1) { // nearly all are
            if (codes[0] == ARGUMENT) {
                return call.number((int) numbers[0]);
            }
            if (codes[0] == NUMBER) {
                return numbers[0];
            }
        }
        return toNumber(value(call));
    }

    /** Its value; numbers are Long or what the program made of them. */
    Object value(Call call) {
        Object[] stack = new Object[codes.length];
        int depth = 0;
        for (int i = 0; i < codes.length; i++) {
            switch (codes[i]) {
                case NUMBER:
                    stack[depth++] = numbers[i];
                    break;
                case ARGUMENT:
                    stack[depth++] = call.argument((int) numbers[i]);
                    break;
                case RECEIVER:
                    stack[depth++] = call.receiver();
                    break;
                case RESULT:
                    stack[depth++] = call.result();
                    break;
                case FIELD:
                    stack[depth - 1] = field(stack[depth - 1], names[i]);
                    break;
                case FUNCTION:
                    stack[depth - 1] = function(names[i], stack[depth - 1]);
                    break;
                case NEGATED:
                    stack[depth - 1] = -toNumber(stack[depth - 1]);
                    break;
                case NOT:
                    stack[depth - 1] = truth(toTestable(stack[depth - 1]) == 0);
                    break;
                default:
                    depth--;
                    stack[depth - 1] = isTest(names[i])
                            ? operation(names[i], toTestable(stack[depth - 1]), toTestable(stack[depth]))
                            : operation(names[i], toNumber(stack[depth - 1]), toNumber(stack[depth]));
            }
        }
        return stack[0];
    }

    /** Its truth: false for 0, null and what is false. */
    boolean test(Call call) {
        return toTestable(value(call)) != 0;
    }

    private static boolean isTest(String operator) {
        char last = operator.charAt(operator.length() - 1);
        return last == '=' || operator.equals("&&") || operator.equals("||");
    }

    /** Other than where it is computed with, an object that is no number may be compared: with 0, which null is. */
    private static long toTestable(Object value) {
        return value instanceof Number || value instanceof Boolean || value instanceof Character || value == null
                ? toNumber(value)
                : 1;
    }

    private static long operation(String operator, long a, long b) {
        switch (operator) {
            case "+":
                return a + b;
            case "-":
                return a - b;
            case "*":
                return a * b;
            case "/":
                return divisor(b) == 0 ? 0 : a / b;
            case "%":
                return divisor(b) == 0 ? 0 : a % b;
            case "&":
                return a & b;
            case "|":
                return a | b;
            case "^":
                return a ^ b;
            case "<<":
                return a << b;
            case ">>":
                return a >> b;
            case "==":
                return truth(a == b);
            case "!=":
                return truth(a != b);
            case "<":
                return truth(a < b);
            case "<=":
                return truth(a <= b);
            case ">":
                return truth(a > b);
            case ">=":
                return truth(a >= b);
            case "&&":
                return truth(a != 0 && b != 0);
            case "||":
                return truth(a != 0 || b != 0);
            default:
                throw new IllegalArgumentException(operator);
        }
    }

    private static long divisor(long b) {
        if (b == 0) {
            throw new MissingException("a division by 0");
        }
        return b;
    }

    private static long truth(boolean value) {
        return value ? 1 : 0;
    }

    /** The number that an object is: null counts as 0. */
    static long toNumber(Object value) {
        if (value instanceof Number) {
            return ((Number) value).longValue();
        }
        if (value == null) {
            return 0;
        }
        if (value instanceof Boolean) {
            return truth((Boolean) value);
        }
        if (value instanceof Character) {
            return (Character) value;
        }
        throw new MissingException("a number is needed and there is a "
                + value.getClass().getName() + " (perhaps address() or a field of it is meant)");
    }

    private static Object field(Object of, String name) {
        if (of == null) {
            throw new MissingException("there is no object to take the field " + name + " of");
        }
        for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : declaredFields(type)) {
                if (field.getName().equals(name)) {
                    return read(of, field);
                }
            }
        }
        throw new MissingException(of.getClass().getName() + " has no field " + name);
    }

    private static final ClassValue<Field[]> FIELDS = new ClassValue<Field[]>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
            return type.getDeclaredFields();
        }
    };

    private static Field[] declaredFields(Class<?> type) {
        return FIELDS.get(type);
    }

    /** Without asking whether it is accessible: the model's author vouches for it. */
    private static Object read(Object of, Field field) {
        boolean isStatic = Modifier.isStatic(field.getModifiers());
        Object base = isStatic ? U.staticFieldBase(field) : of;
        long offset = isStatic ? U.staticFieldOffset(field) : U.objectFieldOffset(field);
        Class<?> type = field.getType();
        if (!type.isPrimitive()) {
            return U.getReferenceVolatile(base, offset);
        }
        switch (type.getName()) {
            case "long":
                return U.getLongVolatile(base, offset);
            case "int":
                return (long) U.getIntVolatile(base, offset);
            case "short":
                return (long) U.getShortVolatile(base, offset);
            case "char":
                return (long) U.getCharVolatile(base, offset);
            case "byte":
                return (long) U.getByteVolatile(base, offset);
            case "boolean":
                return truth(U.getBooleanVolatile(base, offset));
            case "float":
                return (long) U.getFloatVolatile(base, offset);
            default:
                return (long) U.getDoubleVolatile(base, offset);
        }
    }

    private static long function(String function, Object of) {
        switch (function) {
            case "@address":
                return address(of);
            case "@position":
                return buffer(of, function).position();
            case "@limit":
                return buffer(of, function).limit();
            case "@remaining":
                return buffer(of, function).remaining();
            case "@length":
                return length(of);
            case "@noted":
                return Notes.get(toNumber(of));
            case "@swap":
                return Long.reverseBytes(toNumber(of));
            default:
                long address = toNumber(of);
                return address == 0 ? 0 : memory(function, address);
        }
    }

    private static long memory(String function, long address) {
        switch (function) {
            case "@long":
                return ReadableMemory.longAt(address);
            case "@int":
                return ReadableMemory.intAt(address);
            default:
                return ReadableMemory.stringLength(address) + 1L;
        }
    }

    /** Where a buffer or segment begins in memory; 0 for one on the heap, where nothing persistent is. */
    private static long address(Object of) {
        if (of instanceof Number || of == null) {
            return toNumber(of);
        }
        if (of instanceof Buffer) {
            return ((Buffer) of).isDirect() ? U.getLong(of, ADDRESS) : 0;
        }
        return ForeignSegments.address(of);
    }

    private static Buffer buffer(Object of, String function) {
        if (of instanceof Buffer) {
            return (Buffer) of;
        }
        throw new MissingException(function.substring(1) + "() is of buffers, not of " + nameOf(of));
    }

    /** Elements of an array or buffer, bytes of a segment, characters of a string. */
    private static long length(Object of) {
        if (of instanceof Buffer) {
            return ((Buffer) of).capacity();
        }
        if (of instanceof String) {
            return ((String) of).length();
        }
        if (of != null && of.getClass().isArray()) {
            return Array.getLength(of);
        }
        return ForeignSegments.byteSize(of);
    }

    static String nameOf(Object of) {
        return of == null ? "null" : of.getClass().getName();
    }
}
