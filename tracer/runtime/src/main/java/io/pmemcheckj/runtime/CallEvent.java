package io.pmemcheckj.runtime;

import io.pmemcheckj.trace.MapFlags;
import io.pmemcheckj.trace.layout.RecordLayout;
import java.nio.charset.StandardCharsets;
import jdk.internal.misc.Unsafe;

/**
 * One thing that a modelled call does: {@code KIND OPERAND... [if OPERAND]}, see {@link Operand}. A condition holds when its
 * operand is not 0.
 *
 * <pre>
 * store A N                  stores N bytes at address A
 * non-temporal-store A N     the same past the caches: needs a fence but no flush
 * receive A N                the kernel put N bytes at A; nothing when N is negative, an error code
 * receive-vectors V C N      the same into the buffers of C iovecs at V
 * flush A N                  starts to write the lines of the range back
 * fence                      waits for what was flushed before
 * persist A N               writes the lines of the range back and waits, as long as the call lasts
 * force A N                  flushes the range and waits, as long as the call lasts
 * forced A N                 the same within a call that has returned
 * force-file F               as force, for all of the file of descriptor F
 * write-file F A N O         wrote N bytes at A to descriptor F, at offset O, or with -1 where it stood; nothing when N is an
 *                            error code
 * resize-file F N            cut or extended the file of descriptor F to N bytes
 * mmap A N P G F O           maps N bytes of descriptor F from offset O at A, with protection P and flags G, unless A is -1
 * map A N P S L              maps a file at A. With a path P (a string or the address of one) N bytes of the file from its
 *                            start; without, what the memory map of the process says. With MAP_SYNC or as if when S is not
 *                            0; L is not 0 where the library stores to it by native code
 * unmap A N                  unmaps a range; with N 0 the whole mapping that A is in
 * begin P                    begins a level of the thread's undo log, of the pool at address P if that is not 0
 * add A N U                  adds a range to it; U is not 0 where the library did so by itself
 * commit P                   ends a level; P is not 0 where the library makes persistent what was added
 * abort E                    lets the library put it all back; ends a level, too, if E is not 0
 * allocate A N V             handed out memory; volatile if V is not 0
 * free A N                   took it back; with N 0 as much as was allocated there
 * name A NAME                the function at address A behaves like the one of this name
 * symbol A P                 the function at address A has the name at address P
 * note K V                   keeps the number V under the number K
 * </pre>
 */
final class CallEvent {
    private static final Unsafe U = Unsafe.getUnsafe();

    private static final long LONGEST = 1L << 46; // half of what a process can address

    private static final int PLAIN = 0; // StoreKind ordinals
    private static final int NON_TEMPORAL = 2;
    private static final int EXTERNAL = 3;

    private final String kind;
    private final Operand[] operands;
    private final String name;
    private final Operand condition;

    /** @throws IllegalArgumentException when the text is no event */
    CallEvent(String text) {
        String[] words = text.split(" ");
        int count = words.length;
        if (count > 2 && words[count - 2].equals("if")) {
            condition = new Operand(words[count - 1]);
            count -= 2;
        } else {
            condition = null;
        }
        kind = words[0];
        name = kind.equals("name") ? words[--count] : null;
        operands = new Operand[count - 1];
        for (int i = 0; i < operands.length; i++) {
            operands[i] = new Operand(words[i + 1]);
        }
        if (operands.length != operandCount(kind)) {
            throw new IllegalArgumentException(text);
        }
    }

    private static int operandCount(String kind) {
        switch (kind) {
            case "fence":
                return 0;
            case "begin":
            case "force-file":
            case "commit":
            case "abort":
            case "name":
                return 1;
            case "store":
            case "non-temporal-store":
            case "receive":
            case "flush":
            case "force":
            case "persist":
            case "forced":
            case "resize-file":
            case "unmap":
            case "free":
            case "symbol":
            case "note":
                return 2;
            case "receive-vectors":
            case "add":
            case "allocate":
                return 3;
            case "write-file":
                return 4;
            case "map":
                return 5;
            case "mmap":
                return 6;
            default:
                throw new IllegalArgumentException(kind);
        }
    }

    String kind() {
        return kind;
    }

    /** True for one that lasts as long as the call: it begins in its place and ends when the call does. */
    boolean isForce() {
        return kind.equals("force") || kind.equals("persist") || kind.equals("force-file");
    }

    /** Records the event, if its condition holds. */
    void record(Call call) {
        if (holds(call)) {
            checkLength(call);
            boolean isText = kind.equals("symbol") || kind.equals("map");
            record(
                    call,
                    operands.length > 0 ? number(call, 0) : 0,
                    operands.length > 1 && !isText ? number(call, 1) : 0);
        }
    }

    /** Where address and length were mixed up, say, the range would be nearly all memory. */
    private void checkLength(Call call) {
        switch (kind) {
            case "store":
            case "non-temporal-store":
            case "flush":
            case "persist":
            case "force":
            case "forced":
            case "add":
            case "allocate":
                long length = number(call, 1);
                if (length < 0 || length > LONGEST) {
                    throw new Operand.MissingException("a range cannot be " + length + " bytes long");
                }
                break;
            default:
                break;
        }
    }

    /** Records the end of a force, if it began. */
    void recordEnd(Call call, boolean failed) {
        if (holds(call)) {
            Hooks.forceEnd(failed);
        }
    }

    private boolean holds(Call call) {
        return condition == null || condition.test(call);
    }

    private long number(Call call, int operand) {
        return operands[operand].number(call);
    }

    private void record(Call call, long first, long second) {
        switch (kind) {
            case "store":
                store(PLAIN, first, second);
                break;
            case "non-temporal-store":
                store(NON_TEMPORAL, first, second);
                break;
            case "receive":
                store(EXTERNAL, first, second);
                break;
            case "receive-vectors":
                Hooks.receivedVectors(number(call, 2), first, (int) second);
                break;
            case "flush":
                flush(first, second);
                break;
            case "fence":
                fence();
                break;
            case "persist":
                event(RecordLayout.PERSIST_BEGIN, first, second);
                break;
            case "force":
                Hooks.forceBegin(first, second, false);
                break;
            case "forced":
                Hooks.forceBegin(first, second, false);
                Hooks.forceEnd(false);
                break;
            case "force-file":
                Hooks.fileForceBegin(Mappings.descriptor((int) first));
                break;
            case "write-file":
                FileWrites.written(Mappings.descriptor((int) first), number(call, 2), number(call, 3), null, second);
                break;
            case "resize-file":
                FileWrites.resized(Mappings.descriptor((int) first), 0, second);
                break;
            case "mmap":
                Mappings.mappedByCall(
                        first, second, number(call, 2), number(call, 3), (int) number(call, 4), number(call, 5));
                break;
            case "map":
                map(call, first);
                break;
            case "unmap":
                if (second == 0) {
                    Mappings.unmappingAt(first);
                } else {
                    Mappings.unmappingByCall(first, second);
                }
                break;
            case "begin":
                event(RecordLayout.BEGIN_UNDO_LOG, first);
                break;
            case "add":
                range(RecordLayout.ADD_TO_UNDO_LOG, first, second, number(call, 2) != 0 ? 1 : 0);
                break;
            case "commit":
                event(RecordLayout.END_UNDO_LOG, first != 0 ? 1 : 0);
                break;
            case "abort":
                event(RecordLayout.ABORT_UNDO_LOG);
                if (first != 0) {
                    event(RecordLayout.END_UNDO_LOG, 1);
                }
                break;
            case "allocate":
                if (number(call, 2) == 0) {
                    range(RecordLayout.ALLOCATED, first, second);
                }
                break;
            case "free":
                event(RecordLayout.FREED, first, second);
                break;
            case "name":
                NativeSymbols.name(first, name);
                break;
            case "symbol":
                NativeSymbols.name(first, text(operands[1].value(call)));
                break;
            default:
                Notes.put(first, second);
        }
    }

    private void map(Call call, long address) {
        boolean sync = number(call, 3) != 0;
        String path = text(operands[2].value(call));
        if (path == null) {
            Mappings.mappedAt(address, (sync ? MapFlags.SYNC : 0) | (number(call, 4) != 0 ? MapFlags.LIBRARY : 0));
        } else {
            Mappings.mappedByPath(address, number(call, 1), path, sync);
        }
    }

    private static void event(int kind, long... values) {
        Recorder recorder = Recorders.current();
        long[] all = new long[values.length + 1];
        all[0] = recorder.currentSite();
        System.arraycopy(values, 0, all, 1, values.length);
        recorder.event(kind, null, all);
    }

    private static void range(int kind, long... values) {
        if (values[1] > 0) {
            Hooks.lookAt(values[0]);
            event(kind, values);
        }
    }

    private static void store(int storeKind, long address, long length) {
        if (length > 0) {
            Hooks.lookAt(address);
            if (Tracked.overlapsBounds(address, length)) {
                Recorders.current().bulk(storeKind, address, length);
            }
        }
    }

    /** Of any memory: the fence that follows has something to wait for. */
    private static void flush(long address, long length) {
        if (length > 0 && Tracked.ranges.length != 0) {
            Recorder recorder = Recorders.current();
            recorder.event(RecordLayout.FLUSH, null, recorder.currentSite(), address, length);
        }
    }

    private static void fence() {
        if (Tracked.ranges.length != 0) {
            Recorder recorder = Recorders.current();
            recorder.event(RecordLayout.FENCE, null, recorder.currentSite(), 1);
        }
    }

    /** A string, or the C string at an address; null at address 0. */
    private static String text(Object of) {
        if (of instanceof String) {
            return (String) of;
        }
        if (of instanceof java.io.File || of instanceof java.nio.file.Path) {
            return of.toString();
        }
        long address = Operand.toNumber(of);
        if (address == 0) {
            return null;
        }
        int length = ReadableMemory.stringLength(address);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = U.getByte(address + i);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
