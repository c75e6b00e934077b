package io.pmemcheckj.trace.live;

/**
 * What a flush found.
 *
 * @param lines 64-byte lines in its range, rounded as the domain does it
 * @param linesDirty lines among them with bytes that were not flushed
 * @param bytesDirty those bytes
 */
public record FlushFigures(long lines, long linesDirty, long bytesDirty) {}
