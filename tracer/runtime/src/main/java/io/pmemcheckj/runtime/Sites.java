package io.pmemcheckj.runtime;

import io.pmemcheckj.trace.layout.RecordLayout;
import java.util.Arrays;
import java.util.HashMap;

/**
 * Places in the code: those that the agent numbered while weaving, and those met in a stack. A site is described to the
 * consumer when it is first used, because most never are.
 */
final class Sites {
    private static final String[] NO_TEXT = {};

    /** For each site how often its stack was sampled; 0 for a site the consumer has not heard of. */
    static volatile byte[] seen = new byte[1024];

    static volatile boolean sampling = true;
    /** Whether every event gets its own stack. */
    private static volatile boolean sampleAll;

    /** Whether marks alone do not do: each event is looked up. */
    static volatile boolean lookAtAll;

    /**
     * @param guards for each place whether what is loaded there decides what its method does, null where none does
     * @param woven whether each of the places marks itself, and its method takes the mark back
     */
    private record Block(
            int first, String className, String file, String[] methods, int[] lines, boolean[] guards, boolean woven) {}

    /** Not a record: a record's equals and hashCode run invokedynamic, which has no place below every store. */
    private static final class Frame {
        private final String className;
        private final String method;
        private final String file;
        private final int line;

        Frame(String className, String method, String file, int line) {
            this.className = className;
            this.method = method;
            this.file = file;
            this.line = line;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Frame that
                    && line == that.line
                    && className.equals(that.className)
                    && method.equals(that.method)
                    && (file == null ? that.file == null : file.equals(that.file));
        }

        @Override
        public int hashCode() {
            return 31 * (31 * className.hashCode() + method.hashCode()) + line;
        }
    }

    private static Block[] blocks = new Block[64];
    private static int blockCount;
    private static int next = 1;
    private static int nextStack = 1;

    private static HashMap<Frame, Integer> frames = new HashMap<>();
    private static HashMap<IntArray, Integer> stacks = new HashMap<>();

    private static final int MOST_KNOWN = 1 << 14;
    /** Looks at whole stacks, of which a second one would find the same. */
    private static HashMap<Backtrace, Look> known = new HashMap<>();

    /** What a look found: the site, and the stack, 0 for none. */
    private static final class Look {
        private final int site;
        private final int stack;

        Look(int site, int stack) {
            this.site = site;
            this.stack = stack;
        }
    }

    private static final SpinLock LOCK = new SpinLock();

    private Sites() {}

    /** Chooses how many stacks there will be: none for "site", now and then for "sampled", all for "full". */
    static void sample(String stacks) {
        sampling = !stacks.equals("site");
        sampleAll = stacks.equals("full");
        lookAtAll = sampleAll;
    }

    /** Some class of the program does not mark its calls: marks of others may be there when it stores. */
    static void distrustMarks() {
        lookAtAll = true;
    }

    /** Numbers the marked calls of a class; the first gets the number returned. */
    static int register(String className, String file, String[] methods, int[] lines, boolean[] guards) {
        LOCK.lock();
        try {
            return registerLocked(className, file, methods, lines, guards, true);
        } finally {
            LOCK.unlock();
        }
    }

    private static int registerLocked(
            String className, String file, String[] methods, int[] lines, boolean[] guards, boolean woven) {
        int first = next;
        next += lines.length;
        if (next > seen.length) {
            // A count that another thread writes to the old array meanwhile is lost: its site is described twice.
            seen = Arrays.copyOf(seen, Math.max(next, 2 * seen.length));
        }
        if (blockCount == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * blockCount);
        }
        blocks[blockCount++] = new Block(first, className, file, methods, lines, guards, woven);
        return first;
    }

    /**
     * Describes a site that the consumer may not know yet, samples the stack, and finds out the site where it is not
     * known.
     *
     * @param site a site, or 0
     * @param due whether a stack is to be sampled, if any are
     * @return the site of the nearest frame outside the JDK, 0 if there is none
     */
    static int look(Recorder recorder, int site, boolean due) {
        if (site != 0 && !sampling && !lookAtAll) {
            if (seen[site] == 0) {
                describe(recorder, site);
                seen[site] = 1;
            }
            return site;
        }
        if (sampleAll) {
            return lookAtAllOf(recorder, site);
        }
        StackTraceElement[] trace = sampling && due ? StackLook.whole() : null;
        StackTraceElement caller = trace == null ? StackLook.caller() : StackLook.callerIn(trace);
        if (caller == null) {
            return 0; // a mark that is there all the same was left by a call that is over
        }
        int found = site;
        if (!isAt(site, caller)) {
            found = intern(recorder, caller); // the mark was missing or belonged to another call
        } else if (seen[site] == 0) {
            describe(recorder, site);
        }
        byte samples = seen[found];
        if (sampling && (due && found == site || samples < 2)) {
            recorder.single(RecordLayout.SAMPLE, stack(recorder, trace == null ? StackLook.whole() : trace));
        }
        if (samples < Byte.MAX_VALUE) {
            seen[found] = (byte) (samples + 1);
        }
        return found;
    }

    /** Turns the stack into frames only if there was none like it before: that takes most of the time. */
    private static int lookAtAllOf(Recorder recorder, int site) {
        // Backtraces leave hidden classes out.
        Backtrace backtrace = StackLook.hiddenClasses ? null : Backtrace.current(site);
        HashMap<Backtrace, Look> before;
        Look look;
        LOCK.lock();
        try {
            before = known;
            look = backtrace == null ? null : before.get(backtrace);
        } finally {
            LOCK.unlock();
        }
        if (look == null) {
            look = lookAtAllOf(recorder, site, StackLook.whole());
            if (backtrace != null) {
                know(before, backtrace, look);
            }
        }
        if (look.stack != 0) {
            recorder.single(RecordLayout.SAMPLE, look.stack);
        }
        return look.site;
    }

    private static Look lookAtAllOf(Recorder recorder, int site, StackTraceElement[] trace) {
        StackTraceElement caller = StackLook.callerIn(trace);
        if (caller == null) {
            return new Look(0, 0);
        }
        int found = site;
        if (!isAt(site, caller)) {
            found = intern(recorder, caller);
        } else if (seen[site] == 0) {
            describe(recorder, site);
            seen[site] = 1;
        }
        return new Look(found, stack(recorder, trace));
    }

    /** @param before where it was not found; if that has been replaced, what was found may be out of date */
    private static void know(HashMap<Backtrace, Look> before, Backtrace backtrace, Look look) {
        LOCK.lock();
        try {
            if (known == before) {
                if (known.size() == MOST_KNOWN) {
                    known = new HashMap<>();
                }
                known.put(backtrace, look);
            }
        } finally {
            LOCK.unlock();
        }
    }

    /** From now on a look at the same stack may find something else. */
    static void forgetLooks() {
        LOCK.lock();
        try {
            known = new HashMap<>();
        } finally {
            LOCK.unlock();
        }
    }

    private static int stack(Recorder recorder, StackTraceElement[] trace) {
        int[] sites = new int[trace.length];
        for (int i = 0; i < sites.length; i++) {
            sites[i] = intern(recorder, trace[i]);
        }
        int stack;
        boolean isNew = false;
        LOCK.lock();
        try {
            IntArray key = new IntArray(sites);
            Integer old = stacks.get(key);
            if (old != null) {
                stack = old;
            } else {
                stack = nextStack++;
                stacks.put(key, stack);
                isNew = true;
            }
        } finally {
            LOCK.unlock();
        }
        if (isNew) {
            long[] values = new long[2 + sites.length];
            values[0] = stack;
            values[1] = sites.length;
            for (int i = 0; i < sites.length; i++) {
                values[2 + i] = sites[i];
            }
            recorder.define(RecordLayout.STACK, NO_TEXT, values);
        }
        return stack;
    }

    private static int intern(Recorder recorder, StackTraceElement element) {
        Frame frame = new Frame(
                className(element),
                element.getMethodName(),
                element.getFileName(),
                Math.max(element.getLineNumber(), 0));
        int site;
        LOCK.lock();
        try {
            Integer old = frames.get(frame);
            if (old != null) {
                site = old;
            } else {
                site = wovenAt(frame);
                if (site == 0) {
                    site = registerLocked(
                            frame.className,
                            frame.file,
                            new String[] {frame.method},
                            new int[] {frame.line},
                            null,
                            false);
                }
                frames.put(frame, site);
            }
        } finally {
            LOCK.unlock();
        }
        if (seen[site] == 0) {
            describe(recorder, site);
            seen[site] = 1;
        }
        return site;
    }

    /** The mark of a place in the code, 0 if it has none. */
    private static int wovenAt(Frame frame) {
        for (int i = blockCount - 1; i >= 0; i--) {
            Block block = blocks[i];
            if (block.woven && block.className.equals(frame.className)) {
                for (int j = 0; j < block.lines.length; j++) {
                    if (block.lines[j] == frame.line && block.methods[j].equals(frame.method)) {
                        return block.first + j;
                    }
                }
            }
        }
        return 0;
    }

    /** True for a place that marks itself: the mark can stay until its method takes it back. */
    static boolean isWoven(int site) {
        return site != 0 && block(site).woven;
    }

    private static void describe(Recorder recorder, int site) {
        Block block = block(site);
        int i = site - block.first;
        recorder.define(
                RecordLayout.SITE,
                new String[] {block.className, block.methods[i], block.file == null ? "" : block.file},
                site,
                block.lines[i]);
        if (block.guards != null && block.guards[i]) {
            recorder.define(RecordLayout.GUARD_SITE, NO_TEXT, site);
        }
    }

    /** A site in the form of Java stack traces; an empty text for none. */
    static String place(int site) {
        if (site == 0) {
            return "";
        }
        Block block = block(site);
        int i = site - block.first;
        String file = block.file == null ? "Unknown Source" : block.file;
        return block.className + "." + block.methods[i] + "(" + file + (block.lines[i] > 0 ? ":" + block.lines[i] : "")
                + ")";
    }

    private static Block block(int site) {
        LOCK.lock();
        try {
            return blockLocked(site);
        } finally {
            LOCK.unlock();
        }
    }

    private static Block blockLocked(int site) {
        int low = 0;
        int high = blockCount - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (blocks[middle].first <= site) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return blocks[low];
    }

    private static boolean isAt(int site, StackTraceElement frame) {
        if (site == 0) {
            return false;
        }
        Block block = block(site);
        int i = site - block.first;
        return block.lines[i] == Math.max(frame.getLineNumber(), 0)
                && block.methods[i].equals(frame.getMethodName())
                && block.className.equals(className(frame));
    }

    /** A hidden class is known by the name that it was compiled with: the rest of its own differs from run to run. */
    private static String className(StackTraceElement frame) {
        String name = frame.getClassName();
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    /** The consumer has heard of nothing yet: what the self-test described is described again when it is used. */
    static void forgetSeen() {
        LOCK.lock();
        try {
            seen = new byte[seen.length];
            stacks = new HashMap<>();
            known = new HashMap<>();
        } finally {
            LOCK.unlock();
        }
    }

    private static final class IntArray {
        private final int[] values;

        IntArray(int[] values) {
            this.values = values;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof IntArray that && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }
}
