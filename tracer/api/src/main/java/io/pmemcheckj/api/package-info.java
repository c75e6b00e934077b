/**
 * What a program can tell pmemcheck-j about its persistent memory. Safe to ship: without the agent every call does
 * nothing, and the just-in-time compiler removes it.
 */
package io.pmemcheckj.api;
