package io.pmemcheckj.analysis;

/**
 * How far a check has come.
 *
 * @param stores stores replayed
 * @param flushes flushes replayed, forces included
 * @param unpersistedBytes bytes not persistent now
 * @param findings findings so far; those judged at the end of the program are not among them yet
 */
public record Progress(long stores, long flushes, long unpersistedBytes, int findings) {}
