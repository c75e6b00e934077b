package io.pmemcheckj.runtime;

import io.pmemcheckj.trace.layout.RecordLayout;
import java.nio.charset.StandardCharsets;
import jdk.internal.misc.Unsafe;

/**
 * One thing that a native function does: {@code KIND OPERAND… [if OPERAND | unless OPERAND]}, see {@link NativeOperand}.
 * A condition holds when its operand is not 0.
 *
 * <pre>
 * store A N       stores N bytes at address A
 * ntstore A N     the same past the caches: needs a fence but no flush
 * receive A N     the kernel put N bytes at A; nothing when N is negative, an error code
 * receivev V C N  the same into the buffers of C iovecs at V
 * flush A N       starts to write the lines of the range back
 * fence           waits for what was flushed before
 * force A N       flushes the range and waits; failed when the call's result is not 0
 * forced A N      the same within a call that has returned
 * file-force F    as force, for all of the file of descriptor F
 * written F A N O  wrote N bytes at A to descriptor F, at offset O, or with -1 where it stood; nothing when N is an error code
 * resized F N E   cut or extended the file of descriptor F to N bytes, if E is 0
 * mmap A N P G F O  maps N bytes of descriptor F from offset O at A, with protection P and flags G, unless A is -1
 * map-path A N P S  maps N bytes of the file whose path is at P at A, with MAP_SYNC or as if when S is not 0, unless A is 0
 * map-at A S      there is a mapping of a file at A, which the memory map of the process describes
 * unmap A N       unmaps a range
 * unmap-at A      unmaps the whole mapping that A is in
 * name A NAME     the function at address A behaves like the one of this name
 * symbol A P      the function at address A has the name at address P
 * note K V        keeps the number V under the number K
 * </pre>
 */
final class NativeEvent {
    private static final Unsafe U = Unsafe.getUnsafe();

    private static final int PLAIN = 0; // StoreKind ordinals
    private static final int NON_TEMPORAL = 2;
    private static final int EXTERNAL = 3;

    private final String kind;
    private final NativeOperand[] operands;
    private final String name;
    private final NativeOperand condition;
    private final boolean negated;

    /** @throws IllegalArgumentException when the text is no event */
    NativeEvent(String text) {
        String[] words = text.trim().split(" ");
        int count = words.length;
        if (count > 2 && (words[count - 2].equals("if") || words[count - 2].equals("unless"))) {
            condition = NativeOperand.parse(words[count - 1]);
            negated = words[count - 2].equals("unless");
            count -= 2;
        } else {
            condition = null;
            negated = false;
        }
        kind = words[0];
        name = kind.equals("name") ? words[--count] : null;
        operands = new NativeOperand[count - 1];
        for (int i = 0; i < operands.length; i++) {
            operands[i] = NativeOperand.parse(words[i + 1]);
        }
        if (operands.length != operandCount(kind)) {
            throw new IllegalArgumentException(text);
        }
    }

    private static int operandCount(String kind) {
        switch (kind) {
            case "fence":
                return 0;
            case "file-force":
            case "unmap-at":
            case "name":
                return 1;
            case "store":
            case "ntstore":
            case "receive":
            case "flush":
            case "force":
            case "forced":
            case "map-at":
            case "unmap":
            case "symbol":
            case "note":
                return 2;
            case "receivev":
            case "resized":
                return 3;
            case "map-path":
            case "written":
                return 4;
            case "mmap":
                return 6;
            default:
                throw new IllegalArgumentException(kind);
        }
    }

    /** True for one that lasts as long as the call: it begins in its place and ends when the call does. */
    boolean isForce() {
        return kind.equals("force") || kind.equals("file-force");
    }

    /** Records the event, if its condition holds. */
    void record(long[] call) {
        if (holds(call)) {
            record(call, operands.length > 0 ? value(call, 0) : 0, operands.length > 1 ? value(call, 1) : 0);
        }
    }

    /** Records the end of a force, if it began. */
    void recordEnd(long[] call, boolean failed) {
        if (holds(call)) {
            Hooks.forceEnd(failed);
        }
    }

    private boolean holds(long[] call) {
        return condition == null || condition.of(call) != 0 != negated;
    }

    private long value(long[] call, int operand) {
        return operands[operand].of(call);
    }

    private void record(long[] call, long first, long second) {
        switch (kind) {
            case "store":
                store(PLAIN, first, second);
                break;
            case "ntstore":
                store(NON_TEMPORAL, first, second);
                break;
            case "receive":
                store(EXTERNAL, first, second);
                break;
            case "receivev":
                Hooks.receivedVectors(value(call, 2), first, (int) second);
                break;
            case "flush":
                flush(first, second);
                break;
            case "fence":
                fence();
                break;
            case "force":
                Hooks.forceBegin(first, second, false);
                break;
            case "forced":
                Hooks.forceBegin(first, second, false);
                Hooks.forceEnd(false);
                break;
            case "file-force":
                Hooks.fileForceBegin(Mappings.descriptor((int) first));
                break;
            case "written":
                FileWrites.written(Mappings.descriptor((int) first), value(call, 2), value(call, 3), null, second);
                break;
            case "resized":
                FileWrites.resized(Mappings.descriptor((int) first), (int) value(call, 2), second);
                break;
            case "mmap":
                Mappings.mappedByCall(
                        first, second, value(call, 2), value(call, 3), (int) value(call, 4), value(call, 5));
                break;
            case "map-path":
                Mappings.mappedByPath(first, second, text(value(call, 2)), value(call, 3) != 0);
                break;
            case "map-at":
                Mappings.mappedAt(first, second != 0);
                break;
            case "unmap":
                Mappings.unmappingByCall(first, second);
                break;
            case "unmap-at":
                Mappings.unmappingAt(first);
                break;
            case "name":
                NativeSymbols.name(first, name);
                break;
            case "symbol":
                NativeSymbols.name(first, text(second));
                break;
            default:
                NativeNotes.put(first, second);
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

    /** The C string at an address, null at address 0. */
    private static String text(long address) {
        if (address == 0) {
            return null;
        }
        int length = 0;
        while (U.getByte(address + length) != 0) {
            length++;
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = U.getByte(address + i);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
