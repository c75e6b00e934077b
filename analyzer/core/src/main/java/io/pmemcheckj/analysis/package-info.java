/** A check from end to end: feed {@link io.pmemcheckj.analysis.Analysis} a trace, get a report. */
package io.pmemcheckj.analysis;
