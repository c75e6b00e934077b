/** {@code watch}: what events of JDK Flight Recorder tell of a traced program, shown while it runs. */
package io.pmemcheckj.cli.watch;
