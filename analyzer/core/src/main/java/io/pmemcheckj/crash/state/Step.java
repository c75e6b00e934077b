package io.pmemcheckj.crash.state;

/**
 * What a store does to one unit.
 *
 * @param number counts the steps of the unit, from 1
 * @param from index of its first byte in the unit
 * @param to index behind its last
 */
record Step(PendingStore store, long number, int from, int to) {

    static Step of(PendingStore store, long number, long unitStart, int unitLength) {
        long from = Math.max(store.offset(), unitStart);
        long to = Math.min(store.end(), unitStart + unitLength);
        return new Step(store, number, (int) (from - unitStart), (int) (to - unitStart));
    }

    void apply(byte[] unit, long unitStart) {
        apply(unit, unitStart, from, to);
    }

    /** Applies what lies between two indices of the unit. */
    void apply(byte[] unit, long unitStart, int low, int high) {
        int start = Math.max(from, low);
        int end = Math.min(to, high);
        if (start < end) {
            System.arraycopy(store.bytes(), (int) (unitStart + start - store.offset()), unit, start, end - start);
        }
    }
}
