package io.pmemcheckj.samples.crash_btree_split;

/**
 * The two nodes that a full one was split into.
 *
 * @param key keys from here on are in the right one
 */
record Split(int left, long key, int right) {}
