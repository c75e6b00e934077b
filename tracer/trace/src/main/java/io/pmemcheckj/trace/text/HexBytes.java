package io.pmemcheckj.trace.text;

import io.pmemcheckj.trace.TraceFormatException;

/** Up to eight bytes, in the order of their addresses, as two hexadecimal digits each. */
final class HexBytes {
    private HexBytes() {}

    static void append(StringBuilder to, int length, long bytes) {
        for (int i = 0; i < length; i++) {
            int b = (int) (bytes >>> 8 * i);
            to.append(Character.forDigit(b >>> 4 & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
        }
    }

    static long parse(String digits, LineScanner in) throws TraceFormatException {
        if (digits.length() % 2 != 0 || digits.length() > 2 * Long.BYTES) {
            throw in.error("expected one to eight bytes in hexadecimal, not '" + digits + "'");
        }
        long bytes = 0;
        for (int i = digits.length() - 1; i >= 0; i--) {
            // the digits of a byte stand the other way round than the bytes do
            int digit = Character.digit(digits.charAt(i ^ 1), 16);
            if (digit < 0) {
                throw in.error("expected one to eight bytes in hexadecimal, not '" + digits + "'");
            }
            bytes = bytes << 4 | digit;
        }
        return bytes;
    }
}
