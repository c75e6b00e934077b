package io.pmemcheckj.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes the tables for VarHandles: every access mode that stores, of every type, in both byte orders. Each row stands in
 * a line of its own and has its VarHandle in a constant, as programs do: C2 compiles it differently otherwise.
 */
final class MatrixAccessModes {
    private static final int SETS = 1;
    private static final int EXCHANGES = 2;
    private static final int ADDS = 3;

    /** A type of value. @param abilities which access modes there are for it: up to one of the constants above */
    private record Type(String name, int bytes, int abilities) {
        private String value() {
            return "m." + name + "Value";
        }
    }

    /**
     * A kind of VarHandle.
     *
     * @param handle expression that makes one, with places for the type and the order
     * @param coordinates arguments that locate a store
     */
    private record Kind(String table, String imports, String handle, String coordinates, List<Type> types) {}

    private static final List<Type> VIEWED = List.of(
            new Type("short", 2, SETS),
            new Type("char", 2, SETS),
            new Type("int", 4, ADDS),
            new Type("long", 8, ADDS),
            new Type("float", 4, EXCHANGES),
            new Type("double", 8, EXCHANGES));

    private static final List<Type> ALL = new ArrayList<>(VIEWED);

    static {
        ALL.add(new Type("byte", 1, SETS));
    }

    private static final Kind BUFFERS = new Kind(
            "BufferHandles",
            "",
            "java.lang.invoke.MethodHandles.byteBufferViewVarHandle(%s[].class, ByteOrder.%s_ENDIAN)",
            "m.buffer, m.at",
            VIEWED);

    private static final Kind OLD_SEGMENTS = new Kind(
            "OldSegmentHandles",
            "import jdk.incubator.foreign.*;",
            "MemoryHandles.varHandle(%s.class, ByteOrder.%s_ENDIAN)",
            "MappedSegment.ALL, (long) m.at",
            ALL);

    private static final Kind SEGMENTS = new Kind(
            "SegmentHandles",
            "import java.lang.foreign.*;",
            "Segments.layout(%s.class, ByteOrder.%s_ENDIAN).varHandle()",
            "MappedSegment.ALL, (long) m.at",
            ALL);

    private MatrixAccessModes() {}

    /**
     * Writes the tables that a JDK has.
     *
     * @return the folder
     */
    static Path write(Path folder, int version) throws IOException {
        Path packageFolder = Files.createDirectories(folder.resolve("matrix"));
        List<Kind> kinds = new ArrayList<>(List.of(BUFFERS));
        if (version == 17) {
            kinds.add(OLD_SEGMENTS);
        } else if (version >= 22) {
            kinds.add(SEGMENTS);
        }
        for (Kind kind : kinds) {
            Files.writeString(packageFolder.resolve(kind.table + ".java"), new MatrixAccessModes.Table(kind).source());
        }
        return folder;
    }

    /** The source of one table. */
    private static final class Table {
        private final Kind kind;
        private final StringBuilder constants = new StringBuilder();
        private final StringBuilder methods = new StringBuilder();
        private final StringBuilder calls = new StringBuilder();
        private Type type;
        private String handle;

        Table(Kind kind) {
            this.kind = kind;
        }

        String source() {
            for (Type each : kind.types) {
                type = each;
                rows("LITTLE");
                rows("BIG");
            }
            return "package matrix;\n"
                    + kind.imports
                    + "\nimport java.lang.invoke.VarHandle;\nimport java.nio.ByteOrder;\npublic final class "
                    + kind.table
                    + " {\n"
                    + constants
                    + "public static void add(Rows t) {\n"
                    + calls
                    + "}\n"
                    + methods
                    + "}\n";
        }

        private void rows(String order) {
            handle = type.name.toUpperCase(Locale.ROOT) + "_" + order;
            String method = type.name + order;
            constants.append(
                    "static final VarHandle %s = %s;\n".formatted(handle, kind.handle.formatted(type.name, order)));
            calls.append(method).append("(t);\n");
            methods.append("static void ").append(method).append("(Rows t) {\n");
            for (String mode : List.of("set", "setOpaque", "setRelease", "setVolatile")) {
                row(mode, type.bytes, call(mode, type.value()));
            }
            if (type.abilities >= EXCHANGES) {
                exchanges();
            }
            if (type.abilities >= ADDS) {
                adds();
            }
            methods.append("}\n");
        }

        private void exchanges() {
            for (String mode : List.of(
                    "compareAndSet",
                    "weakCompareAndSet",
                    "weakCompareAndSetPlain",
                    "weakCompareAndSetAcquire",
                    "weakCompareAndSetRelease")) {
                row(mode, type.bytes, call(mode, current() + ", " + type.value()));
                row(mode + " that fails", 0, call(mode, "(" + type.name + ") 1, " + type.value()));
            }
            for (String mode :
                    List.of("compareAndExchange", "compareAndExchangeAcquire", "compareAndExchangeRelease")) {
                row(mode, type.bytes, returning(mode, current() + ", " + type.value()));
                row(mode + " that fails", 0, returning(mode, "(" + type.name + ") 1, " + type.value()));
            }
            for (String mode : List.of("getAndSet", "getAndSetAcquire", "getAndSetRelease")) {
                row(mode, type.bytes, returning(mode, type.value()));
            }
        }

        private void adds() {
            for (String mode : List.of("", "Acquire", "Release")) {
                row("getAndAdd" + mode, type.bytes, returning("getAndAdd" + mode, type.value()));
                row("getAndBitwiseOr" + mode, type.bytes, returning("getAndBitwiseOr" + mode, type.value()));
                row("getAndBitwiseAnd" + mode, type.bytes, returning("getAndBitwiseAnd" + mode, type.value()));
                // so that two in a row do not restore what was there
                row(
                        "getAndBitwiseXor" + mode,
                        type.bytes,
                        returning("getAndBitwiseXor" + mode, current() + " ^ " + type.value()));
            }
        }

        private void row(String mode, int bytes, String code) {
            methods.append("t.row(\"%s %s.%s\", %d, m -> %s);\n".formatted(kind.table, handle, mode, bytes, code));
        }

        private String call(String mode, String values) {
            return handle + "." + mode + "(" + kind.coordinates + ", " + values + ")";
        }

        /** The result is used, or the compiler would make it a call of a method that returns nothing. */
        private String returning(String mode, String values) {
            return "{ %s old = (%s) %s; }".formatted(type.name, type.name, call(mode, values));
        }

        private String current() {
            return "(%s) %s.get(%s)".formatted(type.name, handle, kind.coordinates);
        }
    }
}
