package io.pmemcheckj.cli;

/** A command that checks nothing: options of the same name mean something else to it, so defaults are not for it. */
interface IgnoresDefaults {}
