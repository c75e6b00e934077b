package io.pmemcheckj.models;

/** When an event happens. */
enum Moment {
    /** As the call begins. */
    BEFORE,
    /** As it returns, unless it failed. */
    AFTER
}
