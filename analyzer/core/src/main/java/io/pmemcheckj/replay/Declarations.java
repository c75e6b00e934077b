package io.pmemcheckj.replay;

import io.pmemcheckj.trace.TraceVisitor;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** What the program said of orders and of ranges that are still mapped, to be said again to a replay that begins later. */
final class Declarations {
    /** Of a program that says something of each of its objects, the latest. */
    private static final int MOST = 10_000;

    private enum Kind {
        ATOMIC,
        CHECKSUMMED,
        LABEL,
        NO_TRANSACTION,
        ORDER,
        DECLARED_ORDER
    }

    /** Equal ones say the same; the event is not part of that. */
    private record Key(Kind kind, long address, long length, Object more) {}

    private record Declaration(Key key, Consumer<TraceVisitor> event) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Declaration declaration && declaration.key.equals(key);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }
    }

    private record SecondRange(long address, long length) {}

    private record Ends(String name, String first, String then) {}

    private final Set<Declaration> declarations = new LinkedHashSet<>();

    private void add(Kind kind, long address, long length, Object more, Consumer<TraceVisitor> event) {
        if (declarations.size() >= MOST) {
            Iterator<Declaration> eldest = declarations.iterator();
            eldest.next();
            eldest.remove();
        }
        declarations.add(new Declaration(new Key(kind, address, length, more), event));
    }

    void atomic(int thread, int site, long address, long length) {
        add(Kind.ATOMIC, address, length, null, visitor -> visitor.atomic(thread, site, address, length));
    }

    void checksummed(int thread, int site, long address, long length) {
        add(Kind.CHECKSUMMED, address, length, null, visitor -> visitor.checksummed(thread, site, address, length));
    }

    void label(int thread, int site, long address, long length, String name) {
        add(Kind.LABEL, address, length, name, visitor -> visitor.label(thread, site, address, length, name));
    }

    void noTransaction(int thread, int site, long address, long length) {
        add(
                Kind.NO_TRANSACTION,
                address,
                length,
                null,
                visitor -> visitor.ignoreInTransactions(thread, site, address, length));
    }

    void order(int thread, int site, long first, long firstLength, long second, long secondLength) {
        add(
                Kind.ORDER,
                first,
                firstLength,
                new SecondRange(second, secondLength),
                visitor -> visitor.expectOrdered(thread, site, first, firstLength, second, secondLength));
    }

    void order(String name, String first, String then) {
        add(
                Kind.DECLARED_ORDER,
                0,
                0,
                new Ends(name, first, then),
                visitor -> visitor.declaredOrder(name, first, then));
    }

    /** What was said of a range is void once it is unmapped. */
    void unmapped(long address, long length) {
        declarations.removeIf(
                declaration -> declaration.key.address >= address && declaration.key.address < address + length);
    }

    void tell(TraceVisitor visitor) {
        declarations.forEach(declaration -> declaration.event.accept(visitor));
    }
}
