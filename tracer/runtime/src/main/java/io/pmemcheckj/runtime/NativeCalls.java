package io.pmemcheckj.runtime;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Method handles for native functions: those for known functions also record what the function does. A handle for any
 * other function stays the one that the JDK made.
 */
public final class NativeCalls {
    private static final int ARGUMENTS = NativeOperand.ARGUMENTS;

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private static final MethodHandle AT =
            find(NativeSymbols.class, "at", methodType(NativeFunction.class, long.class));
    private static final MethodHandle IS_KNOWN =
            find(NativeSymbols.class, "isKnown", methodType(boolean.class, long.class));
    // (function, result, arguments)
    private static final MethodHandle ENTERED = hook("entered");
    private static final MethodHandle RETURNED = hook("returned");
    private static final MethodHandle REFUSED = hook("refused");

    private NativeCalls() {}

    /**
     * The JDK made a handle for a function.
     *
     * @param handle takes what the JDK adds in front (allocator, captured state), then the function's arguments
     * @param symbol address of the function
     * @param arguments how many the function has
     * @return a handle of the same type
     */
    public static MethodHandle bound(MethodHandle handle, long symbol, int arguments) {
        try {
            NativeFunction function = NativeSymbols.at(symbol);
            return function == null ? handle : new Wrapping(handle, arguments, function).wrap();
        } catch (Throwable e) {
            Recorder.giveUp();
            return handle;
        }
    }

    /**
     * The JDK made a handle for all functions of a signature.
     *
     * @param handle takes the address of the function, then the same as {@link #bound}
     * @return a handle of the same type
     */
    public static MethodHandle unbound(MethodHandle handle, int arguments) {
        try {
            MethodHandle wrapped = new Wrapping(handle, arguments, null).wrap();
            MethodHandle known = MethodHandles.filterArguments(
                    IS_KNOWN, 0, toLong(handle.type().parameterType(0)));
            return MethodHandles.guardWithTest(known, wrapped, handle);
        } catch (Throwable e) {
            Recorder.giveUp();
            return handle;
        }
    }

    private static MethodHandle hook(String name) {
        MethodHandle collecting = find(NativeFunction.class, name, methodType(void.class, long[].class));
        // (function, arguments, result) as the function's operands number them; the result first makes it easier to
        // bind.
        MethodHandle spread = collecting.asCollector(1, long[].class, ARGUMENTS + 1);
        int[] order = new int[ARGUMENTS + 2];
        for (int i = 1; i <= ARGUMENTS; i++) {
            order[i] = i + 1;
        }
        order[ARGUMENTS + 1] = 1;
        return MethodHandles.permuteArguments(spread, spread.type(), order);
    }

    private static MethodHandle find(Class<?> owner, String name, MethodType type) {
        try {
            return owner == NativeFunction.class
                    ? LOOKUP.findVirtual(owner, name, type)
                    : LOOKUP.findStatic(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    /** Turns a value of a type into a number; a segment (whose class JDK 17 does not have) into its address. */
    private static MethodHandle toLong(Class<?> type) throws ReflectiveOperationException {
        return type.isPrimitive()
                ? MethodHandles.explicitCastArguments(MethodHandles.identity(long.class), methodType(long.class, type))
                : LOOKUP.findVirtual(type, "address", methodType(long.class));
    }

    /** Puts the hooks around one handle. */
    private static final class Wrapping {
        private final MethodHandle handle;
        private final MethodType type;
        private final NativeFunction function; // null: the one at the address in the first parameter
        private final int leading;
        private final int looked; // how many arguments can be operands

        Wrapping(MethodHandle handle, int arguments, NativeFunction function) {
            this.handle = handle;
            this.function = function;
            type = handle.type();
            leading = type.parameterCount() - arguments;
            looked = Math.min(arguments, ARGUMENTS);
        }

        MethodHandle wrap() throws ReflectiveOperationException {
            MethodHandle wrapped = handle;
            if (function == null || function.forces()) {
                wrapped = MethodHandles.catchException(wrapped, Throwable.class, rethrowing());
            }
            if (function == null || function.hasEventsBefore()) {
                wrapped = MethodHandles.foldArguments(wrapped, withoutResult(ENTERED));
            }
            return function == null || function.hasEventsAfter()
                    ? MethodHandles.foldArguments(returning(), wrapped)
                    : wrapped;
        }

        /** (parameters) → void. */
        private MethodHandle withoutResult(MethodHandle hook) throws ReflectiveOperationException {
            MethodHandle resultless = MethodHandles.insertArguments(hook, 1, 0L);
            return overParameters(resultless, 0);
        }

        /** (Throwable, parameters) → what it does not return. */
        private MethodHandle rethrowing() throws ReflectiveOperationException {
            MethodHandle rethrow = MethodHandles.throwException(type.returnType(), Throwable.class);
            MethodHandle refused = MethodHandles.dropArguments(withoutResult(REFUSED), 0, Throwable.class);
            return MethodHandles.foldArguments(MethodHandles.dropArguments(rethrow, 1, type.parameterList()), refused);
        }

        /** (result, parameters) → result; without the result where there is none. */
        private MethodHandle returning() throws ReflectiveOperationException {
            Class<?> result = type.returnType();
            if (result == void.class) {
                return withoutResult(RETURNED);
            }
            MethodHandle filtered = MethodHandles.filterArguments(RETURNED, 1, toLong(result));
            // (function, result, arguments) → (result, function, arguments)
            int[] order = new int[ARGUMENTS + 2];
            for (int i = 0; i < order.length; i++) {
                order[i] = i;
            }
            order[0] = 1;
            order[1] = 0;
            MethodType swapped =
                    filtered.type().changeParameterType(0, result).changeParameterType(1, NativeFunction.class);
            MethodHandle hook = overParameters(MethodHandles.permuteArguments(filtered, swapped, order), 1);
            MethodHandle keep = MethodHandles.dropArguments(MethodHandles.identity(result), 1, type.parameterList());
            return MethodHandles.foldArguments(keep, hook);
        }

        /** Lets a hook of (first ones, function, arguments) take (first ones, parameters of the handle). */
        private MethodHandle overParameters(MethodHandle hook, int first) throws ReflectiveOperationException {
            MethodHandle adapted = hook;
            int argument = first + 1;
            for (int i = ARGUMENTS; i > looked; i--) {
                adapted = MethodHandles.insertArguments(adapted, argument + i - 1, 0L);
            }
            for (int i = 0; i < looked; i++) {
                adapted = MethodHandles.filterArguments(adapted, argument + i, toLong(type.parameterType(leading + i)));
            }
            if (function != null) {
                adapted = MethodHandles.insertArguments(adapted, first, function);
                return spread(adapted, first, first);
            }
            MethodHandle at = MethodHandles.filterArguments(AT, 0, toLong(type.parameterType(0)));
            return spread(MethodHandles.filterArguments(adapted, first, at), first, first + 1);
        }

        /** Skips the leading parameters, but for those before {@code argument}, and the arguments that are not looked at. */
        private MethodHandle spread(MethodHandle hook, int first, int argument) {
            MethodType target = type.changeReturnType(void.class);
            for (int i = 0; i < first; i++) {
                target = target.insertParameterTypes(i, hook.type().parameterType(i));
            }
            int[] order = new int[hook.type().parameterCount()];
            for (int i = 0; i < order.length; i++) {
                order[i] = i < argument ? i : i - argument + first + leading;
            }
            return MethodHandles.permuteArguments(hook, target, order);
        }
    }
}
