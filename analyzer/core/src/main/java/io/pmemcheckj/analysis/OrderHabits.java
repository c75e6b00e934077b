package io.pmemcheckj.analysis;

/**
 * When an order that nobody declared counts as meant: it was kept often enough, and nearly always.
 *
 * @param support how many occurrences it takes, at least 1
 * @param confidence share of them that keep the order, above 0, at most 1
 */
public record OrderHabits(int support, double confidence) {
    public static final OrderHabits DEFAULT = new OrderHabits(10, 0.9);

    /** @throws UsageException for values that mean nothing */
    public OrderHabits {
        if (support < 1) {
            throw new UsageException("--order-support " + support + ": must be at least 1");
        }
        if (!(confidence > 0 && confidence <= 1)) {
            throw new UsageException("--order-confidence " + confidence + ": must be above 0 and at most 1");
        }
    }

    /** Whether so many occurrences are enough to tell, and enough of them the same. */
    public boolean hold(long kept, long met) {
        return met >= support && kept >= confidence * met;
    }
}
