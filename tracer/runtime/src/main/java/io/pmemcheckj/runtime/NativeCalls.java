package io.pmemcheckj.runtime;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;

/**
 * Method handles for native functions: those for known functions also record what the function does. A handle for any
 * other function stays the one that the JDK made.
 */
public final class NativeCalls {
    /** How many arguments of a call can be operands; a function's further ones are not looked at. */
    private static final int ARGUMENTS = 6;

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private static final MethodHandle ENTERED = hook("entered");
    private static final MethodHandle RETURNED = hook("returned", long.class);
    private static final MethodHandle REFUSED = hook("refused", Throwable.class);
    private static final MethodHandle STRUCTURE = find(ForeignSegments.class, "structure", long.class, Object.class);
    private static final MethodHandle AT = find(NativeSymbols.class, "at", CallModel.class, long.class);
    private static final MethodHandle IS_KNOWN = find(NativeSymbols.class, "isKnown", boolean.class, long.class);

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
            CallModel function = NativeSymbols.at(symbol);
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

    static void entered(CallModel function, long a, long b, long c, long d, long e, long f) {
        function.entered(new Call(new long[] {a, b, c, d, e, f}, 0));
    }

    static void returned(long result, CallModel function, long a, long b, long c, long d, long e, long f) {
        function.returned(new Call(new long[] {a, b, c, d, e, f}, result));
    }

    static void refused(Throwable why, CallModel function, long a, long b, long c, long d, long e, long f) {
        function.threw(new Call(new long[] {a, b, c, d, e, f}, 0));
    }

    /** One of the three above: (first ones, function, arguments) → void. */
    private static MethodHandle hook(String name, Class<?>... first) {
        Class<?>[] parameters = new Class<?>[first.length + 1 + ARGUMENTS];
        Arrays.fill(parameters, long.class);
        System.arraycopy(first, 0, parameters, 0, first.length);
        parameters[first.length] = CallModel.class;
        return find(NativeCalls.class, name, void.class, parameters);
    }

    private static MethodHandle find(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
        try {
            return LOOKUP.findStatic(owner, name, methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    /** Turns a value of a type into a number; a segment (whose class JDK 17 does not have) into its address. */
    private static MethodHandle toLong(Class<?> type) throws ReflectiveOperationException {
        if (type.isPrimitive()) {
            return MethodHandles.explicitCastArguments(
                    MethodHandles.identity(long.class), methodType(long.class, type));
        }
        return ForeignSegments.isType(type)
                ? STRUCTURE.asType(methodType(long.class, type))
                : LOOKUP.findVirtual(type, "address", methodType(long.class));
    }

    /** Puts the hooks around one handle. */
    private static final class Wrapping {
        private final MethodHandle handle;
        private final MethodType type;
        private final CallModel function; // null: the one at the address in the first parameter
        private final int leading;
        private final int looked; // how many arguments can be operands

        Wrapping(MethodHandle handle, int arguments, CallModel function) {
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
                wrapped = MethodHandles.foldArguments(wrapped, overParameters(ENTERED, 0));
            }
            return function == null || function.hasEventsAfter()
                    ? MethodHandles.foldArguments(returning(), wrapped)
                    : wrapped;
        }

        /** (Throwable, parameters) → what it does not return. */
        private MethodHandle rethrowing() throws ReflectiveOperationException {
            MethodHandle rethrow = MethodHandles.throwException(type.returnType(), Throwable.class);
            return MethodHandles.foldArguments(
                    MethodHandles.dropArguments(rethrow, 1, type.parameterList()), overParameters(REFUSED, 1));
        }

        /** (result, parameters) → result; without the result where there is none. */
        private MethodHandle returning() throws ReflectiveOperationException {
            Class<?> result = type.returnType();
            if (result == void.class) {
                return overParameters(MethodHandles.insertArguments(RETURNED, 0, 0L), 0);
            }
            MethodHandle hook = MethodHandles.filterArguments(RETURNED, 0, toLong(result));
            MethodHandle keep = MethodHandles.dropArguments(MethodHandles.identity(result), 1, type.parameterList());
            return MethodHandles.foldArguments(keep, overParameters(hook, 1));
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
                return skippingParameters(MethodHandles.insertArguments(adapted, first, function), first, 0);
            }
            MethodHandle at = MethodHandles.filterArguments(AT, 0, toLong(type.parameterType(0)));
            return skippingParameters(MethodHandles.filterArguments(adapted, first, at), first, 1);
        }

        /**
         * Lets a hook that takes some first ones, the handle's first {@code kept} parameters and those of the function
         * take all parameters.
         */
        private MethodHandle skippingParameters(MethodHandle hook, int first, int kept) {
            int[] order = new int[first + kept + looked];
            for (int i = 0; i < order.length; i++) {
                order[i] = i < first + kept ? i : i - kept + leading;
            }
            MethodType all = type.changeReturnType(void.class)
                    .insertParameterTypes(0, hook.type().parameterList().subList(0, first));
            return MethodHandles.permuteArguments(hook, all, order);
        }
    }
}
