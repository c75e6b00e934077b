package io.pmemcheckj.replay;

import io.pmemcheckj.findings.Location;
import io.pmemcheckj.trace.TraceVisitor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Places in the code and call stacks by their numbers in the trace, and the stack last sampled at a site. */
public final class Places {
    private static final List<String> JDK_PACKAGES = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    private Location[] sites = new Location[256];
    private int[] sampledStacks = new int[256];
    private boolean[] fresh = new boolean[256];
    private final BitSet deciding = new BitSet();
    private final Map<Integer, int[]> stacks = new HashMap<>();
    private final Map<Integer, String> threads = new HashMap<>();

    public void defineSite(int site, Location location) {
        ensure(site);
        sites[site] = location;
    }

    public void defineGuard(int site) {
        deciding.set(site);
    }

    /** Whether what is loaded at the site decides on what the program does next. */
    public boolean decides(int site) {
        return deciding.get(site);
    }

    public void defineStack(int stack, int[] frames) {
        stacks.put(stack, frames.clone());
    }

    public void defineThread(int thread, String name) {
        threads.put(thread, name);
    }

    public void sampled(int site, int stack) {
        if (site > 0) {
            ensure(site);
            sampledStacks[site] = stack;
            fresh[site] = true;
        }
    }

    /** Something happened at the site without a stack being taken. */
    void notSampled(int site) {
        if (site > 0 && site < fresh.length) {
            fresh[site] = false;
        }
    }

    /** True when the stack last sampled at the site is that of the last event there. */
    public boolean isFresh(int site) {
        return site > 0 && site < fresh.length && fresh[site];
    }

    private void ensure(int site) {
        if (site >= sites.length) {
            int capacity = Math.max(site + 1, sites.length * 2);
            sites = Arrays.copyOf(sites, capacity);
            sampledStacks = Arrays.copyOf(sampledStacks, capacity);
            fresh = Arrays.copyOf(fresh, capacity);
        }
    }

    /** The stack last sampled at the site, 0 for none. */
    public int stackOf(int site) {
        return site > 0 && site < sampledStacks.length ? sampledStacks[site] : 0;
    }

    /** The site itself, whatever package it lies in. */
    public Location site(int site) {
        Location location = site > TraceVisitor.UNKNOWN_SITE && site < sites.length ? sites[site] : null;
        return location == null ? Location.UNKNOWN : location;
    }

    /** The nearest place outside the JDK: the site, or where that lies in the JDK, a caller that the stack knows. */
    public Location nearest(int site, int stack) {
        Location location = site(site);
        if (!inJdk(location)) {
            return location;
        }
        for (Location frame : frames(stack)) {
            if (frame.className() != null && !inJdk(frame)) {
                return frame;
            }
        }
        return location;
    }

    private static boolean inJdk(Location location) {
        String name = location.className();
        return name != null && JDK_PACKAGES.stream().anyMatch(name::startsWith);
    }

    /** Frames of a stack, innermost first; empty if it is not known. */
    public List<Location> frames(int stack) {
        int[] frames = stacks.get(stack);
        List<Location> result = new ArrayList<>();
        for (int frame : frames == null ? new int[0] : frames) {
            result.add(site(frame));
        }
        return result;
    }

    /** The thread's name, or its number where it has none. */
    public String thread(int thread) {
        String name = threads.get(thread);
        return name == null || name.isEmpty() ? "thread " + thread : name;
    }
}
