/**
 * Events of JDK Flight Recorder, and what commits them. Nothing here is loaded before a recorder is there: what touches
 * {@code jdk.jfr} costs tens of milliseconds at start, and some JVMs have no such module.
 */
package io.pmemcheckj.agent.jfr;
