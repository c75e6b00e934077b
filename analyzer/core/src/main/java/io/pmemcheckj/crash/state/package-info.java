/**
 * What a crash can leave: a replay of the bytes of a trace that keeps apart what is certain to be persistent and what is on its
 * way, and for each line or page the contents it can have.
 */
package io.pmemcheckj.crash.state;
