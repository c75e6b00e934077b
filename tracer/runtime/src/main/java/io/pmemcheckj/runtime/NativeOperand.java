package io.pmemcheckj.runtime;

import jdk.internal.misc.Unsafe;

/**
 * A number in an event of a native function, computed from one call of it.
 *
 * <pre>
 * sum     = primary { ("+" | "-" | "&amp;") primary }      from left to right
 * primary = "arg0" … "arg5" | "ret" | number | kind "[" sum "]"
 * kind    = "long" | "int"     what is in memory at that address, 0 at address 0
 *         | "string"           bytes of the C string at that address, with its zero
 *         | "noted"            what an earlier call noted under that number, 0 if none did
 * </pre>
 */
final class NativeOperand {
    /** How many arguments of a call can be operands; a function's further ones are not looked at. */
    static final int ARGUMENTS = 6;
    /** Index of the result in the values of a call, behind the arguments. */
    static final int RESULT = ARGUMENTS;

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final char NUMBER = '#';
    private static final char VALUE = '$';

    private final char operator;
    private final long number;
    private final NativeOperand left;
    private final NativeOperand right;

    private NativeOperand(char operator, long number, NativeOperand left, NativeOperand right) {
        this.operator = operator;
        this.number = number;
        this.left = left;
        this.right = right;
    }

    /**
     * Reads an operand.
     *
     * @throws IllegalArgumentException when the text is none
     */
    static NativeOperand parse(String text) {
        int operator = lastOperator(text);
        if (operator > 0) {
            return new NativeOperand(
                    text.charAt(operator), 0, parse(text.substring(0, operator)), parse(text.substring(operator + 1)));
        }
        int bracket = text.indexOf('[');
        if (bracket > 0 && text.endsWith("]")) {
            NativeOperand inner = parse(text.substring(bracket + 1, text.length() - 1));
            return new NativeOperand(function(text.substring(0, bracket)), 0, inner, null);
        }
        if (text.equals("ret")) {
            return new NativeOperand(VALUE, RESULT, null, null);
        }
        if (text.startsWith("arg")) {
            return new NativeOperand(VALUE, argument(text), null, null);
        }
        return new NativeOperand(NUMBER, Long.decode(text), null, null);
    }

    private static int lastOperator(String text) {
        int depth = 0;
        for (int i = text.length() - 1; i > 0; i--) {
            char at = text.charAt(i);
            if (at == ']') {
                depth++;
            } else if (at == '[') {
                depth--;
            } else if (depth == 0 && (at == '+' || at == '-' || at == '&')) {
                return i;
            }
        }
        return -1;
    }

    private static int argument(String text) {
        int index = Integer.parseInt(text.substring("arg".length()));
        if (index < 0 || index >= ARGUMENTS) {
            throw new IllegalArgumentException(text);
        }
        return index;
    }

    private static char function(String name) {
        switch (name) {
            case "long":
                return 'l';
            case "int":
                return 'i';
            case "string":
                return 's';
            case "noted":
                return 'n';
            default:
                throw new IllegalArgumentException(name);
        }
    }

    /**
     * Its value.
     *
     * @param call arguments of the call, and at {@link #RESULT} its result
     */
    long of(long[] call) {
        switch (operator) {
            case NUMBER:
                return number;
            case VALUE:
                return call[(int) number];
            case '+':
                return left.of(call) + right.of(call);
            case '-':
                return left.of(call) - right.of(call);
            case '&':
                return left.of(call) & right.of(call);
            case 'n':
                return NativeNotes.get(left.of(call));
            default:
                long address = left.of(call);
                return address == 0 ? 0 : memory(address);
        }
    }

    private long memory(long address) {
        switch (operator) {
            case 'l':
                return U.getLongUnaligned(null, address);
            case 'i':
                return U.getIntUnaligned(null, address);
            default:
                long end = address;
                while (U.getByte(end) != 0) {
                    end++;
                }
                return end + 1 - address;
        }
    }
}
