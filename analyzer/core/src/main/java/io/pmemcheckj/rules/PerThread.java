package io.pmemcheckj.rules;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Something for each thread of the program, found quickly: threads have small numbers, unless a trace is damaged. */
final class PerThread<T> {
    private static final int MOST_BY_NUMBER = 1 << 16;

    private final Supplier<T> maker;
    private Object[] byNumber = new Object[16];
    private final Map<Integer, T> others = new HashMap<>();

    PerThread(Supplier<T> maker) {
        this.maker = maker;
    }

    @SuppressWarnings("unchecked") // nothing else is put there
    T of(int thread) {
        T found = thread >= 0 && thread < byNumber.length ? (T) byNumber[thread] : null;
        return found == null ? make(thread) : found;
    }

    private T make(int thread) {
        if (thread < 0 || thread >= MOST_BY_NUMBER) {
            return others.computeIfAbsent(thread, key -> maker.get());
        }
        if (thread >= byNumber.length) {
            byNumber = Arrays.copyOf(byNumber, Math.max(thread + 1, 2 * byNumber.length));
        }
        T made = maker.get();
        byNumber[thread] = made;
        return made;
    }
}
