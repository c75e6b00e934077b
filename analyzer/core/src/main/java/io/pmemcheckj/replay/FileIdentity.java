package io.pmemcheckj.replay;

/** What makes two names one file. */
public record FileIdentity(long device, long inode) {
    /** Whether it is one: what the tracer could not look up has zeros. */
    boolean isKnown() {
        return device != 0 || inode != 0;
    }
}
