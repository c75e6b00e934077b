package io.pmemcheckj.trace.ring;

import static io.pmemcheckj.trace.layout.RecordLayout.*;

import io.pmemcheckj.trace.TraceVisitor;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Delivers each definition once, however often it stands in the ring. */
final class Definitions {
    private final BitSet sites = new BitSet();
    private final BitSet stacks = new BitSet();
    private final BitSet guards = new BitSet();
    private final Set<List<String>> orders = new HashSet<>();
    private final Map<Integer, String> threads = new HashMap<>();

    boolean hasSite(int site) {
        return site == TraceVisitor.UNKNOWN_SITE || sites.get(site);
    }

    boolean hasStack(int stack) {
        return stacks.get(stack);
    }

    boolean hasThread(int thread) {
        return threads.containsKey(thread);
    }

    void deliver(Payload payload, int kind, TraceVisitor visitor) {
        switch (kind) {
            case PROPERTY -> visitor.property(payload.nextText(), payload.nextText());
            case THREAD -> {
                int thread = (int) payload.nextLong();
                String name = payload.nextText();
                if (!name.equals(threads.put(thread, name))) {
                    visitor.thread(thread, name);
                }
            }
            case SITE -> {
                int site = (int) payload.nextLong();
                int line = (int) payload.nextLong();
                String className = payload.nextText();
                String method = payload.nextText();
                String file = payload.nextText();
                if (!sites.get(site)) {
                    sites.set(site);
                    visitor.site(site, className, method, file.isEmpty() ? null : file, line);
                }
            }
            case STACK -> {
                int stack = (int) payload.nextLong();
                int[] frames = new int[(int) payload.nextLong()];
                for (int i = 0; i < frames.length; i++) {
                    frames[i] = (int) payload.nextLong();
                }
                if (!stacks.get(stack)) {
                    stacks.set(stack);
                    visitor.stack(stack, frames);
                }
            }
            case GUARD_SITE -> {
                int site = (int) payload.nextLong();
                if (!guards.get(site)) {
                    guards.set(site);
                    visitor.guardSite(site);
                }
            }
            case DECLARED_ORDER -> {
                List<String> order = List.of(payload.nextText(), payload.nextText(), payload.nextText());
                if (orders.add(order)) {
                    visitor.declaredOrder(order.get(0), order.get(1), order.get(2));
                }
            }
            case GAP -> visitor.gap(payload.nextText());
            default -> throw new IllegalStateException("unknown record kind " + kind + " in the ring");
        }
    }
}
