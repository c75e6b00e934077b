package io.pmemcheckj.crash.state;

/** What fails. */
public enum Failure {
    /** The machine: what is not in the persistence domain is lost. */
    POWER,
    /** The process alone: the kernel keeps what it stored to mapped files. */
    PROCESS;

    /** The name used in options and reports. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
