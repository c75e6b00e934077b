package io.pmemcheckj.trace.live;

/**
 * How much of a segment is not persistent.
 *
 * @param id number in the report
 * @param path of the file
 * @param domain adr, eadr or page-cache
 * @param size in bytes
 * @param bytesStored distinct bytes ever stored to
 * @param bytesUnpersisted bytes stored and not persistent now
 */
public record SegmentFigures(int id, String path, String domain, long size, long bytesStored, long bytesUnpersisted) {}
