package io.pmemcheckj.rules;

/** An explicit fence of a thread that flushed nothing since its last fence. */
final class RedundantFence extends Rule {
    RedundantFence(FindingBook book) {
        super("redundant-fence", book);
        book.replayer().watchFences(this);
    }

    @Override
    public void fenced(int thread, int site, boolean explicit, boolean ordersNothing) {
        if (explicit && ordersNothing) {
            book.group(this, thread, place(site)).count(1);
        }
    }

    @Override
    String message(FindingGroup group) {
        return "This fence orders nothing: its thread flushed nothing since its last fence.";
    }

    @Override
    String fix(FindingGroup group) {
        return "Drop this fence, or flush what it should complete before it, on the same thread.";
    }
}
