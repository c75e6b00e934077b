package io.pmemcheckj.replay;

import java.util.Arrays;

/**
 * Which stores rules want to hear of that would follow all: a look at this is cheaper than telling them. It can be wrong by
 * naming too many.
 */
public final class Attention {
    private static final int UNIT = 8;

    private boolean everything;
    private boolean[] sites = new boolean[256];
    /** A bit for each of the units that hash to it. */
    private final long[] units = new long[64];

    Attention() {}

    boolean isDrawnBy(int site, long start, long size) {
        return everything
                || size > UNIT
                || (start & size - 1) != 0
                || site > 0 && site < sites.length && sites[site]
                || (units[hash(start / UNIT) >> 6] & 1L << hash(start / UNIT)) != 0;
    }

    /** All stores, or again only some: those of more than 8 bytes, those that are not aligned, and what is asked for. */
    public void toEverything(boolean value) {
        everything = value;
    }

    /** Stores by a site. */
    public void toSite(int site) {
        if (site > 0) {
            if (site >= sites.length) {
                sites = Arrays.copyOf(sites, Math.max(site + 1, 2 * sites.length));
            }
            sites[site] = true;
        }
    }

    /** Stores to the 8 bytes around a position, in any segment. */
    public void toUnit(long position) {
        int hash = hash(position / UNIT);
        units[hash >> 6] |= 1L << hash;
    }

    private static int hash(long unit) {
        return (int) (unit * 0x9E3779B97F4A7C15L >>> 52);
    }
}
