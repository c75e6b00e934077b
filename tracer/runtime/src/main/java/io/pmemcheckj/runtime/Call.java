package io.pmemcheckj.runtime;

/** One call of a modelled method or native function: what operands are computed from. */
final class Call {
    private final long[] numbers;
    private final Object[] objects;
    private Object result;
    private long numericResult;

    /** A call of a native function. */
    Call(long[] arguments, long result) {
        numbers = arguments;
        objects = null;
        numericResult = result;
    }

    /**
     * A call of a method.
     *
     * @param receiverAndArguments the receiver, null for a static method, then the arguments
     */
    Call(Object[] receiverAndArguments) {
        numbers = null;
        objects = receiverAndArguments;
    }

    void returned(Object value) {
        result = value;
    }

    /** An argument; as an object where it is one. */
    Object argument(int index) {
        return objects == null ? (Object) numbers[index] : objectAt(index);
    }

    private Object objectAt(int index) {
        if (index + 1 >= objects.length) {
            throw new Operand.MissingException(
                    "there is no arg" + index + ", only " + (objects.length - 1) + " arguments");
        }
        return objects[index + 1];
    }

    long number(int index) {
        return objects == null ? numbers[index] : Operand.toNumber(objectAt(index));
    }

    Object receiver() {
        return objects == null ? null : objects[0];
    }

    Object result() {
        return objects == null ? (Object) numericResult : result;
    }
}
