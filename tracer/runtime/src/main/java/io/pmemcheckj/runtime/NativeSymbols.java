package io.pmemcheckj.runtime;

import java.util.Arrays;

/** Where the known native functions are, as far as the program has looked them up. */
public final class NativeSymbols {

    /** Immutable. */
    private static final class Table {
        private final long[] addresses; // sorted
        private final CallModel[] functions;

        private Table(long[] addresses, CallModel[] functions) {
            this.addresses = addresses;
            this.functions = functions;
        }

        private CallModel at(long address) {
            int i = Arrays.binarySearch(addresses, address);
            return i < 0 ? null : functions[i];
        }

        private Table with(long address, CallModel function) {
            int found = Arrays.binarySearch(addresses, address);
            int at = found < 0 ? -1 - found : found;
            int rest = found < 0 ? at : at + 1;
            long[] more = new long[at + 1 + addresses.length - rest];
            CallModel[] all = new CallModel[more.length];
            System.arraycopy(addresses, 0, more, 0, at);
            System.arraycopy(functions, 0, all, 0, at);
            more[at] = address;
            all[at] = function;
            System.arraycopy(addresses, rest, more, at + 1, addresses.length - rest);
            System.arraycopy(functions, rest, all, at + 1, addresses.length - rest);
            return new Table(more, all);
        }
    }

    private static volatile Table table = new Table(new long[0], new CallModel[0]);

    private NativeSymbols() {}

    /**
     * The JDK looked a symbol up in a library.
     *
     * @param address 0 where there is none
     */
    public static void found(long address, String name) {
        // The VM looks up native methods here as well, at start and while it loads classes.
        if (address != 0 && !name.startsWith("Java_") && !name.startsWith("JNI_")) {
            try {
                name(address, name);
            } catch (Throwable e) {
                Recorder.giveUp();
            }
        }
    }

    /** The function at an address has a name, of which something may be known. */
    static void name(long address, String name) {
        CallModel function = FunctionModels.of(name);
        if (function != null && address != 0) {
            add(address, function);
        }
    }

    private static synchronized void add(long address, CallModel function) {
        if (table.at(address) != function) {
            table = table.with(address, function);
        }
    }

    /** What the function at an address does, null when nothing is known of it. */
    static CallModel at(long address) {
        return table.at(address);
    }

    static boolean isKnown(long address) {
        return table.at(address) != null;
    }
}
