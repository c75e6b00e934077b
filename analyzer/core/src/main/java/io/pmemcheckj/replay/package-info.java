/** Turns the events of a trace into states of memory and transactions, and tells listeners about them. */
package io.pmemcheckj.replay;
