package io.pmemcheckj.replay;

/**
 * A change of a file's name or length.
 *
 * @param stack a stack that led to the site, 0 for none
 * @param ownStack whether it is the stack of this very change
 * @param path the name that the file got; null where its length changed
 * @param number counts all changes, from 1
 */
public record MetadataChange(Kind kind, int thread, int site, int stack, boolean ownStack, String path, long number) {
    /** What changed. */
    public enum Kind {
        CREATED,
        RESIZED,
        RENAMED
    }
}
