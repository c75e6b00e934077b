package io.pmemcheckj.agent;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Replaces text in the constant pool of a class file (JVMS 4.4). Every name in a class file is a CONSTANT_Utf8 entry that
 * other parts point to by number, so to rename a package or a called method is to rewrite those entries; the rest is
 * copied. That is all the agent needs for the runtime's classes, at a small part of the cost of parsing them.
 */
final class ConstantRenaming {
    private static final int HEADER = 8; // magic, minor and major version
    private static final int UTF8 = 1; // tags of JVMS table 4.4-A
    private static final int LONG = 5;
    private static final int DOUBLE = 6;

    private final String[] pairs;

    /**
     * Prepares a renaming.
     *
     * @param pairs text to look for, text to put in its place, and so on; only the first that an entry contains is
     *     replaced in it
     */
    ConstantRenaming(String... pairs) {
        this.pairs = pairs;
    }

    /**
     * Rewrites a class file.
     *
     * @param classFile a class file as javac writes it
     * @return the class file with the renamed constants
     * @throws IllegalArgumentException when the constant pool has an entry of unknown kind
     */
    byte[] apply(byte[] classFile) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(classFile.length + classFile.length / 4);
        int count = unsigned(classFile, HEADER);
        int at = HEADER + 2;
        int copied = 0; // everything before is in out
        for (int i = 1; i < count; i++) {
            int tag = classFile[at];
            int size = size(classFile, at);
            if (tag == UTF8) {
                // Modified UTF-8 passes unharmed through Latin-1, and what is looked for is ASCII.
                String text = new String(classFile, at + 3, size - 3, StandardCharsets.ISO_8859_1);
                String renamed = rename(text);
                if (!renamed.equals(text)) {
                    out.write(classFile, copied, at - copied);
                    out.write(UTF8);
                    out.write(renamed.length() >>> 8);
                    out.write(renamed.length());
                    out.write(renamed.getBytes(StandardCharsets.ISO_8859_1), 0, renamed.length());
                    copied = at + size;
                }
            } else if (tag == LONG || tag == DOUBLE) {
                i++; // takes two numbers (JVMS 4.4.5)
            }
            at += size;
        }
        out.write(classFile, copied, classFile.length - copied);
        return out.toByteArray();
    }

    private String rename(String text) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (text.contains(pairs[i])) {
                return text.replace(pairs[i], pairs[i + 1]);
            }
        }
        return text;
    }

    /** Size of a constant pool entry with its tag, in bytes. */
    private static int size(byte[] classFile, int at) {
        return switch (classFile[at]) {
            case UTF8 -> 3 + unsigned(classFile, at + 1);
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 5; // numbers, members, names with types, dynamic ones
            case LONG, DOUBLE -> 9;
            case 7, 8, 16, 19, 20 -> 3; // classes, strings, method types, modules, packages
            case 15 -> 4; // method handles
            default -> throw new IllegalArgumentException("constant pool tag " + classFile[at]);
        };
    }

    private static int unsigned(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
