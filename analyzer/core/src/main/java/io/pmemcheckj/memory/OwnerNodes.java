package io.pmemcheckj.memory;

/**
 * Who stored which bytes of a line: lists whose masks are disjoint. A line whose pending bytes all have one owner, as most
 * have, needs no node: its head is the owner's number, negated.
 */
final class OwnerNodes extends MaskNodes {
    /**
     * Takes bytes out of a list.
     *
     * @param pending all bytes of the line that are still pending, those taken out excluded
     * @return the new head
     */
    int strip(int head, long pending, long bytes) {
        if (head < 0) {
            return pending == 0 ? 0 : head;
        }
        return stripNodes(head, bytes);
    }

    private int stripNodes(int head, long bytes) {
        int result = head;
        int previous = 0;
        for (int node = head; node != 0; ) {
            int following = next(node);
            setMask(node, mask(node) & ~bytes);
            if (mask(node) == 0) {
                result = unlink(result, previous, node);
            } else {
                previous = node;
            }
            node = following;
        }
        return result;
    }

    /**
     * Puts bytes under a new owner.
     *
     * @param pending all bytes of the line that were pending before
     * @return the new head
     */
    int store(int head, long pending, long bytes, int who) {
        if (head == -who) {
            return head;
        }
        if (head <= 0 && (pending & ~bytes) == 0) {
            return -who;
        }
        if (head < 0) {
            return storeInList(allocate(pending, -head, 0), bytes, who);
        }
        return ownsAll(head, bytes, who) ? head : storeInList(head, bytes, who);
    }

    /** Most stores repeat what the same place in the code stored before. */
    private boolean ownsAll(int head, long bytes, int who) {
        for (int node = head; node != 0; node = next(node)) {
            if (value(node) == who) {
                return (bytes & ~mask(node)) == 0;
            }
        }
        return false;
    }

    private int storeInList(int head, long bytes, int who) {
        int rest = stripNodes(head, bytes);
        if (rest == 0) {
            return -who;
        }
        for (int node = rest; node != 0; node = next(node)) {
            if (value(node) == who) {
                setMask(node, mask(node) | bytes);
                return rest;
            }
        }
        return allocate(bytes, who, rest);
    }
}
