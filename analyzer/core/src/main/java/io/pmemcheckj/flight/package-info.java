/**
 * Recordings of JDK Flight Recorder: what ran in the traced JVM beside findings and slow flushes. Read with {@code
 * jdk.jfr.consumer}, which a Java runtime may lack; nothing else depends on this package but the command line.
 */
package io.pmemcheckj.flight;
